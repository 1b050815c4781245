// Domestic payment consents as banks answer them (OBWriteDomesticConsentResponse5).
import { consentStatusCode } from '../statuses.ts';
import { coded } from './codes.ts';
import { initiationToVersion4 } from './initiation.ts';
import { riskToVersion4 } from './risk.ts';
import { members } from './translate.ts';

export const domesticPaymentConsentToVersion4 = members({
  Data: members({ Status: coded(consentStatusCode), Initiation: initiationToVersion4 }),
  Risk: riskToVersion4,
});
