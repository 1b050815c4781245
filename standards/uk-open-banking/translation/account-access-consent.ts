// Account-access consents: only the status of the answer has another name. In v3.1 `Revoked` is left to consents made on
// v3.1.4 or earlier; the customer took back the permission, which is CANC in v4.0.
import { consentStatusCode } from '../statuses.ts';
import { coded } from './codes.ts';
import { members } from './translate.ts';

export const accountAccessConsentToVersion4 = members({
  Data: members({ Status: coded(consentStatusCode) }),
});
