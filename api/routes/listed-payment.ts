// A payment of our records in the words of callers, as lists have it.
import type { ListedPayment } from '../../store/payment-list.ts';
import { membersOrProblem } from '../list.ts';
import { problemOfRecordedFailure } from '../problem.ts';

/** @param own members of the list that it is in */
export function listedPayment(payment: ListedPayment, own: Record<string, unknown>): Record<string, unknown> {
  const known = {
    Id: payment.id,
    Created: payment.created.toISOString(),
    ModifiedBy: payment.modifiedBy,
    ...own,
    BankRegistrationId: payment.bankRegistrationId,
    ExternalApiId: payment.externalApiId,
    Status: payment.status,
    ExternalApiStatus: payment.bankStatus,
  };
  return membersOrProblem(known, () => {
    if (payment.failure !== null) throw problemOfRecordedFailure(payment.failure);
    return known;
  });
}
