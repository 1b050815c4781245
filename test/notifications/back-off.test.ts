import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextAttemptDelayMs, patienceMs } from '../../notifications/back-off.ts';

/** Ages at which attempts are made until it is given up. */
function attemptsAt(random: () => number): number[] {
  const ages = [0];
  for (;;) {
    const ageMs = ages.at(-1) ?? 0;
    const delayMs = nextAttemptDelayMs({ attempts: ages.length, ageMs, random: random() });
    if (delayMs === undefined) return ages;
    ages.push(ageMs + delayMs);
  }
}

it('goes on for 72 hours, never longer apart than an hour, and ends with an attempt', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (randoms) => {
      let drawn = 0;
      const ages = attemptsAt(() => randoms[drawn++ % randoms.length] ?? 0);
      const gaps = ages.slice(1).map((age, n) => age - (ages[n] ?? 0));
      expect(ages.at(-1)).toBeGreaterThanOrEqual(patienceMs);
      expect(ages.at(-1)).toBeLessThan(patienceMs + 1_001);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(3_600_000);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
      expect(ages.length).toBeGreaterThan(80);
      expect(ages.length).toBeLessThan(170);
    }),
  );
});

it('doubles, and differs from one to the other', () => {
  const at = (attempts: number, random: number) => nextAttemptDelayMs({ attempts, ageMs: 0, random });
  expect([1, 2, 3, 11, 50].map((attempts) => at(attempts, 1))).toEqual([
    5_000, 10_000, 20_000, 3_600_000, 3_600_000,
  ]);
  expect([1, 2, 3, 11, 50].map((attempts) => at(attempts, 0))).toEqual([
    2_500, 5_000, 10_000, 1_800_000, 1_800_000,
  ]);
});

it('is over after 72 hours', () => {
  expect(nextAttemptDelayMs({ attempts: 100, ageMs: patienceMs, random: 0 })).toBeUndefined();
  expect(nextAttemptDelayMs({ attempts: 100, ageMs: patienceMs - 60_000, random: 1 })).toBe(60_000);
});

it('is not made before the receiver wants it, who cannot put it off for longer than an hour', () => {
  const after = (askedMs: number, attempts = 1, random = 0) =>
    nextAttemptDelayMs({ attempts, ageMs: 0, random, askedMs });
  expect(after(120_000), 'as long as it asks for').toBe(120_000);
  expect(after(120_000, 1, 1), 'and some chance').toBe(125_000);
  expect(after(24 * 3_600_000, 1, 1), 'bounded').toBe(3_600_000);
  expect(after(0, 3), 'never sooner than without it').toBe(10_000);
  expect(
    nextAttemptDelayMs({ attempts: 1, ageMs: patienceMs - 60_000, random: 0, askedMs: 3_600_000 }),
    'and never beyond the 72 hours',
  ).toBe(60_000);
  expect(nextAttemptDelayMs({ attempts: 1, ageMs: patienceMs, random: 0, askedMs: 1_000 })).toBeUndefined();
});
