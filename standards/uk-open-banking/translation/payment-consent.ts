// Consents to payment orders as banks answer them (OBWriteDomesticConsentResponse5 and the like).
import { consentStatusCode } from '../statuses.ts';
import { coded } from './codes.ts';
import type { Initiation } from './initiation.ts';
import { riskToVersion4 } from './risk.ts';
import { members, type Translate } from './translate.ts';

export function paymentConsentToVersion4({ toVersion4 }: Initiation): Translate {
  return members({
    Data: members({ Status: coded(consentStatusCode), Initiation: toVersion4 }),
    Risk: riskToVersion4,
  });
}
