// A certificate of ours that is out of date, as journeys are told of it.
import { expect, it } from 'vitest';
import { classify, isRetried } from '../../activities/classify.ts';
import { BankError } from '../../bank-client/bank-error.ts';

it('a certificate that is out of date is named for whoever can mend it, and not tried again with', () => {
  const message = 'The OBWAC certificate 1 ended on 2026-11-29T12:00:00.000Z.';
  const error = new BankError(message, { kind: 'certificate-out-of-date', sent: 'not-sent' });
  const classified = classify(error);
  expect(classified).toEqual({
    type: 'ConfigurationMissing',
    details: { code: 'certificate-refused', detail: message },
    message,
    retryAfterMs: undefined,
  });
  expect(isRetried(classified)).toBe(false);
});
