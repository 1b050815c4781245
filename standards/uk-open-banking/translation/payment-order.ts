// Payment orders as banks answer them (OBWriteDomesticResponse5 and the like).
import { type PaymentFamily, paymentStatusCode } from '../statuses.ts';
import { coded, codeList } from './codes.ts';
import type { Initiation } from './initiation.ts';
import { agentToVersion4 } from './postal-address.ts';
import { members, type Translate } from './translate.ts';

const multiAuthorisation = members({
  Status: coded(codeList({ Authorised: 'AUTH', AwaitingFurtherAuthorisation: 'AWAF', Rejected: 'RJCT' })),
});

/** Where money would go back to; abroad that takes more than an account. */
const refund = members({ Creditor: agentToVersion4, Agent: agentToVersion4 });

export function paymentOrderToVersion4(family: PaymentFamily, { toVersion4 }: Initiation): Translate {
  return members({
    Data: members({
      Status: coded((status) => paymentStatusCode(status, family)),
      Initiation: toVersion4,
      MultiAuthorisation: multiAuthorisation,
      Refund: refund,
    }),
  });
}
