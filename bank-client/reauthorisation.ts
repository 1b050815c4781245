// Whether a customer has authorised a consent before, asked of the bank: for banks that want to be told, and consents
// whose history we do not know.
import type { ConsentKind } from '../bank-profiles/profile.ts';
import { accountInformation } from '../standards/uk-open-banking/account-information.ts';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import { consentStatusCode } from '../standards/uk-open-banking/statuses.ts';
import { type CallParts, callEndpoint } from './call-endpoint.ts';
import { isObject } from './refusal.ts';

export interface Reauthorisation {
  kind: ConsentKind;
  /** The bank's id of the consent. */
  externalApiConsentId: string;
  /** By our own records. */
  authorisedBefore: boolean;
  /** That the consent is read in. */
  version: ApiVersion;
}

/** Rejects with a BankError. */
export async function isAuthorisedAtBank(
  parts: CallParts,
  version: ApiVersion,
  externalApiConsentId: string,
): Promise<boolean> {
  const endpoint = accountInformation.getAccountAccessConsent;
  const { body } = await callEndpoint(parts, {
    ...{ endpoint, version, params: { ConsentId: externalApiConsentId } },
  });
  const data = isObject(body) && isObject(body.Data) ? body.Data : {};
  return consentStatusCode(String(data.Status)) !== 'AWAU';
}
