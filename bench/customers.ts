// Who is read about: customers of the sandbox's hybrid bank. Wren has twenty accounts, about 8 KB; alice has two years of
// transactions.
import { authorise } from '../cli/journeys/authorisation.ts';
import type { Stage } from '../cli/stage.ts';
import { readConfig } from '../config.ts';
import { layFoundation } from '../roles/foundation.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';

/** @returns the consent's id */
export async function accessOf(stage: Stage, registrationId: string, psu: string): Promise<string> {
  const consent = await stage.connector.call('POST', '/aisp/account-access-consents', {
    BankRegistrationId: registrationId,
    TemplateRequest: { Type: 'MaximumPermissions' },
  });
  const asCustomer = {
    ...stage.sandbox,
    authorise: (url: string) => stage.sandbox.authorise(url, { psu }),
  };
  const path = '/aisp/account-access-consent-auth-contexts';
  await authorise({ ...stage, sandbox: asCustomer }, path, { AccountAccessConsentId: consent.Id });
  return consent.Id;
}

/** The access token by which the API reads under a consent. */
export async function tokenOf(environment: Record<string, string>, consentId: string): Promise<string> {
  const foundation = layFoundation(readConfig({ ...environment, LOG_LEVEL: 'silent' }), 'bench');
  try {
    const access = await foundation.store.grants.loadForRead(defaultTenant, consentId);
    return access?.grant?.accessToken ?? '';
  } finally {
    await foundation.close();
  }
}
