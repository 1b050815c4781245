// What a call says of the bank that it was made to: an outage is its trouble, a refusal or a certificate is ours.
import { BankError } from './bank-error.ts';
import type { CircuitVerdict } from './circuit.ts';
import type { HttpAnswer } from './http.ts';

/** Certificates that one side does not take: a matter between it and us, which says nothing of other clients. */
const aboutCertificates = /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** @param outcome the answer, or what the call failed with */
export function verdictOn(outcome: HttpAnswer | unknown): CircuitVerdict {
  if (!(outcome instanceof BankError)) return isDown(outcome) ? 'outage' : 'alive';
  if (outcome.kind === 'invalid-response') return 'alive';
  return aboutCertificates.test(outcome.connectionCode ?? '') ? 'nothing' : 'outage';
}

function isDown(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && Number(answer.status) >= 500;
}
