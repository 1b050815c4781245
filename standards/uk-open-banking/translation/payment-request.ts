// What is asked for with a domestic payment consent (OBWriteDomesticConsent4) and with its payment (OBWriteDomestic2). A
// bank refuses a payment that does not repeat its consent, so one function translates both.
import { initiationToVersion3 } from './initiation.ts';
import { riskToVersion3, type Spelling } from './risk.ts';
import { members, type Translate } from './translate.ts';

export function paymentRequestToVersion3(spelling: Spelling): Translate {
  return members({ Data: members({ Initiation: initiationToVersion3 }), Risk: riskToVersion3(spelling) });
}
