// What is said of an answer whose signature cannot be checked because the bank's keys cannot be had.
import { expect, it } from 'vitest';
import { BankError } from '../../bank-client/bank-error.ts';
import type { KeySets } from '../../bank-client/key-sets.ts';
import { verifyAnswer } from '../../bank-client/verify-answer.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { resolveProfile } from '../../bank-profiles/resolve-profile.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';

it('is not taken for a call that never left', async () => {
  const named = builtInBook.find('Sandbox_Hybrid');
  if (named === undefined) throw new Error('There is no such profile.');
  const origin = 'https://bank.example';
  const settings = { SANDBOX_BANK_BROWSER_URL: origin, SANDBOX_BANK_API_URL: origin };
  const profile = resolveProfile(named, { settings, simulated: false });
  const keySets: KeySets = {
    check: async () => {
      throw new BankError('Nobody there.', { kind: 'circuit-open', sent: 'not-sent', retryAfterMs: 5_000 });
    },
  };
  const answer = {
    ...{ method: 'POST', url: `${origin}/domestic-payments`, status: 201, body: Buffer.from('{}') },
    headers: { 'x-jws-signature': 'a..b' },
  };
  const clock = { nowMs: () => 0, now: () => new Date(0) };
  const parts = { keySets, jwksUri: `${origin}/jwks`, profile, clock };
  const verified = verifyAnswer(parts, paymentInitiation.createDomesticPayment, answer);
  await expect(verified).rejects.toMatchObject({
    ...{ kind: 'circuit-open', sent: 'answered', httpStatus: 201, retryAfterMs: 5_000 },
  });
});
