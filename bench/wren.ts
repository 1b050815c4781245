// What the read path reads: wren's twenty accounts at the sandbox's hybrid bank, about 8 KB.
import { authorise } from '../cli/journeys/authorisation.ts';
import { register } from '../cli/journeys/registration.ts';
import { readConfig } from '../config.ts';
import type { Everything } from '../embedded/everything.ts';
import { layFoundation } from '../roles/foundation.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { quietStage } from './stage.ts';

/** @returns the consent's id */
export async function accessOfWren(everything: Everything): Promise<string> {
  const stage = quietStage(everything);
  const registered = await register(stage);
  const consent = await stage.connector.call('POST', '/aisp/account-access-consents', {
    BankRegistrationId: registered.id,
    TemplateRequest: { Type: 'MaximumPermissions' },
  });
  const asWren = {
    ...stage.sandbox,
    authorise: (url: string) => stage.sandbox.authorise(url, { psu: 'wren' }),
  };
  const path = '/aisp/account-access-consent-auth-contexts';
  await authorise({ ...stage, sandbox: asWren }, path, { AccountAccessConsentId: consent.Id });
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
