// How long a consent waits for its customer.
import { expect, it } from 'vitest';
import { authorisationDeadlineMs } from '../../workflows/steps/authorisation-deadline.ts';

const dayMs = 24 * 60 * 60 * 1000;

it.each([
  ['account-access', 30],
  ['funds-confirmation', 30],
  ['domestic-payment', 1],
] as const)('a consent of %s waits %d days, and never beyond its own end', (family, days) => {
  expect(authorisationDeadlineMs(family, 5)).toBe(5 + days * dayMs);
  expect(authorisationDeadlineMs(family, 5, 7)).toBe(7);
});
