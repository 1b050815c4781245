// Holds a signed answer against the bank's keys, as strictly as the profile wants it.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { SignatureRefused, verifyMessage } from '../security/message-signature.ts';
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { BankError } from './bank-error.ts';
import type { HttpAnswer } from './http.ts';
import type { KeySets } from './key-sets.ts';

/** @throws {BankError} `invalid-response` when a signature is missing that has to be there, or does not hold */
export async function verifyAnswer(
  {
    keySets,
    jwksUri,
    profile,
    clock,
  }: { keySets: KeySets; jwksUri: string | null; profile: ResolvedProfile; clock: Clock },
  { signed }: Endpoint,
  answer: HttpAnswer,
): Promise<void> {
  const { responses: policy, trustAnchors } = profile.messageSigning;
  if ((signed !== 'response' && signed !== 'both') || policy === 'ignored') return;
  const signature = answer.headers['x-jws-signature'];
  if (signature === undefined) {
    if (policy === 'required') throw unverified(answer, 'missing');
    return;
  }
  const { body } = answer;
  if (jwksUri === null) throw unverified(answer, 'no-keys');
  const issuer = profile.organisationId;
  try {
    await keySets.check(
      jwksUri,
      (keys) => verifyMessage({ signature, body, keys, issuer, trustAnchors, clock }),
      (error) => error instanceof SignatureRefused && error.check === 'unknown-key',
      profile.discovery.keySet,
    );
  } catch (error) {
    if (error instanceof SignatureRefused) throw unverified(answer, error.check);
    if (error instanceof BankError) throw unchecked(answer, error);
    throw error;
  }
}

/** The keys could not be had. Nothing of that call left, perhaps; but the one that is to be checked was answered. */
function unchecked(
  { method, url, status }: HttpAnswer,
  { kind, message, retryAfterMs }: BankError,
): BankError {
  const facts = { kind, sent: 'answered', method, url, httpStatus: status, retryAfterMs } as const;
  return new BankError(`The signature of the bank's answer could not be checked. ${message}`, facts);
}

function unverified({ method, url, status }: HttpAnswer, check: string): BankError {
  const facts = { kind: 'invalid-response', sent: 'answered', method, url, httpStatus: status } as const;
  return new BankError(`The signature of the bank's answer was refused: ${check}.`, facts);
}
