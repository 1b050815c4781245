// Consents to ask about funds: what is asked for (OBFundsConfirmationConsent1) and as banks answer them
// (OBFundsConfirmationConsentResponse1). `Revoked` is what v4.0 calls CANC; a consent that lapsed stays `Authorised` in v3.1.
import { consentStatusCode } from '../statuses.ts';
import { coded } from './codes.ts';
import { unknownToVersion3 } from './limits.ts';
import { members } from './translate.ts';

export const fundsConfirmationConsentToVersion3 = members({
  Data: members({ DebtorAccount: members({ Proxy: unknownToVersion3 }) }),
});

export const fundsConfirmationConsentToVersion4 = members({
  Data: members({ Status: coded(consentStatusCode) }),
});
