// A request that is on its way to a bank, refused here when the bank's version has no form for it.

import type { WrittenResource } from '../bank-profiles/write-request.ts';
import { CannotTranslate } from '../standards/uk-open-banking/translation/index.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/**
 * @param body in version 4
 * @throws {Problem} `not-translatable`, naming the member that would be lost
 */
export function bankRequest(
  { bankProfiles }: Pick<ApiDeps, 'bankProfiles'>,
  bankProfile: string,
  resource: WrittenResource,
  useV4: boolean,
  body: unknown,
): unknown {
  const profile = bankProfiles.find(bankProfile);
  if (profile === undefined) throw new Problem('registration-not-usable');
  try {
    return profile.writeRequest(resource, useV4, body);
  } catch (error) {
    if (!(error instanceof CannotTranslate)) throw error;
    throw new Problem('not-translatable', {
      errors: { [`ExternalApiRequest.${error.path}`]: [error.reason] },
    });
  }
}
