// What is asked for with the consent to a payment order of any family and with the order itself. A bank refuses an order that
// does not repeat its consent, so one function translates both.
import type { Initiation } from './initiation.ts';
import { riskToVersion3, type Spelling } from './risk.ts';
import { members, type Translate } from './translate.ts';

export function paymentRequestToVersion3({ toVersion3 }: Initiation): (spelling: Spelling) => Translate {
  return (spelling) => members({ Data: members({ Initiation: toVersion3 }), Risk: riskToVersion3(spelling) });
}
