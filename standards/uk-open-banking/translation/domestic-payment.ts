// Domestic payments as banks answer them (OBWriteDomesticResponse5).
import { paymentStatusCode } from '../statuses.ts';
import { coded, codeList } from './codes.ts';
import { initiationToVersion4 } from './initiation.ts';
import { members } from './translate.ts';

const multiAuthorisation = members({
  Status: coded(codeList({ Authorised: 'AUTH', AwaitingFurtherAuthorisation: 'AWAF', Rejected: 'RJCT' })),
});

export const domesticPaymentToVersion4 = members({
  Data: members({
    Status: coded(paymentStatusCode),
    Initiation: initiationToVersion4,
    MultiAuthorisation: multiAuthorisation,
  }),
});
