// Whether the account that is to pay has the money: told to the third party for the families that have it, and asked by the
// bank itself before it pays.
import { badRequest } from './errors.ts';
import { balancesOf } from './ledger.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import type { FamilyFacts } from './payment-families.ts';
import { debitOf } from './payment-summary.ts';
import type { PaymentConsent } from './records.ts';

export function fundsConfirmation({ family, consents }: FamilyFacts): Operation {
  return {
    group: 'pisp',
    method: 'GET',
    path: `${consents}/{ConsentId}/funds-confirmation`,
    family,
    caller: 'payment',
    answer(call, consent) {
      if (call.params.ConsentId !== consent.consentId) {
        throw badRequest('U008', 'the token belongs to another consent', 'ConsentId');
      }
      if (consent.status !== 'AUTH') throw badRequest('U009', 'the consent is not authorised');
      const result = {
        FundsAvailableDateTime: dateTime(call.nowMs),
        FundsAvailable: hasFunds(call, consent),
      };
      return {
        status: 200,
        body: { Data: { FundsAvailableResult: result }, Links: { Self: call.selfUrl }, Meta: {} },
      };
    },
  };
}

/** Whether the account that is to pay could pay now. */
export function hasFunds(call: Call, consent: PaymentConsent): boolean {
  if (!call.deps.knobs.checkFunds) return true;
  const account = call.deps.state.account(consent.accountIds[0] ?? '');
  const amountMinor = debitOf(consent.payment);
  if (!account || amountMinor === undefined) return false;
  return balancesOf(call.deps, account).availableMinor >= amountMinor;
}
