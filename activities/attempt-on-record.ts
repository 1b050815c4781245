// How an attempt to submit a payment ended, for the ledger: codes and ids alone.
import { BankError } from '../bank-client/bank-error.ts';
import type { EndedAttempt } from '../store/payment-attempts.ts';
import type { Attempt } from './payment-submission.ts';

export function onRecord(id: string, attempt: Attempt): EndedAttempt {
  const { kind: outcome } = attempt;
  if (outcome === 'taken') {
    const { httpStatus = null, interactionId } = attempt.answer;
    return { id, outcome, httpStatus, answerCodes: [attempt.bankStatus], interactionId };
  }
  const { error } = attempt;
  if (!(error instanceof BankError)) {
    const { errorCodes = [], interactionId = null, httpStatus = null } = error.details;
    return { id, outcome, httpStatus, answerCodes: errorCodes, interactionId };
  }
  const { httpStatus = null, errorCodes, interactionId = null } = error;
  return { id, outcome, httpStatus, answerCodes: errorCodes, interactionId };
}
