// Whether an account has enough for an amount now: a question that changes nothing (Funds Confirmation profile).
import { randomUUID } from 'node:crypto';
import { badRequest } from './errors.ts';
import { balancesOf } from './ledger.ts';
import { minorOf } from './money.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import type { FundsConsent, FundsRequest } from './records.ts';

const path = '/funds-confirmations';

export const fundsConfirmations: Operation[] = [
  {
    group: 'cbpii',
    method: 'POST',
    path,
    caller: 'funds-confirmation',
    answer(call, consent) {
      // Checked against the published schema before.
      const { Data } = call.body as FundsRequest;
      checkConsent(consent, Data.ConsentId);
      const FundsConfirmationId = randomUUID();
      return {
        status: 201,
        body: {
          Data: {
            FundsConfirmationId,
            ConsentId: consent.consentId,
            CreationDateTime: dateTime(call.nowMs),
            FundsAvailable: hasFunds(call, consent, Data.InstructedAmount),
            Reference: Data.Reference,
            InstructedAmount: Data.InstructedAmount,
          },
          Links: { Self: `${call.groupUrl}${path}/${FundsConfirmationId}` },
          Meta: {},
        },
      };
    },
  },
];

/** The token's own consent, authorised and in time. */
function checkConsent(consent: FundsConsent, named: string): void {
  const member = 'Data.ConsentId';
  if (named !== consent.consentId) throw badRequest('U008', 'the token belongs to another consent', member);
  if (consent.status === 'EXPD') throw badRequest('TKXP', 'the consent has expired', member);
  if (consent.status !== 'AUTH') throw badRequest('U009', 'the consent is not authorised', member);
}

function hasFunds(
  { deps }: Call,
  consent: FundsConsent,
  { Amount, Currency }: FundsRequest['Data']['InstructedAmount'],
): boolean {
  const account = deps.state.account(consent.accountIds[0] ?? '');
  if (account?.currency !== Currency)
    throw badRequest('U023', 'the account is in another currency', 'Data.InstructedAmount.Currency');
  const amountMinor = minorOf(Amount);
  if (amountMinor === undefined)
    throw badRequest('U002', 'has a fraction of a penny', 'Data.InstructedAmount.Amount');
  return !deps.knobs.checkFunds || balancesOf(deps, account).availableMinor >= amountMinor;
}
