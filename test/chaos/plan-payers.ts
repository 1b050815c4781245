// At whom the strikes of a plan are aimed: a payer may meet with several of them on the way, and somebody new comes when nobody
// is there who has the step still ahead.
import type { Chance } from './chance.ts';
import type { Step } from './plan.ts';
import { type PayersStep, payersSteps, type Way, ways } from './ways.ts';

export type AimAtPayer = (step: Step) => { way: Way; payer: number };

interface Walking {
  payer: number;
  way: Way;
  /** Where the last strike met with them. */
  at: PayersStep;
  strike: number;
}

/** Whoever was struck needs a while to go on, and does not wait for ever. */
const leastBetween = 4;
const mostBetween = 9;

export function openAim(chance: Chance): AimAtPayer {
  let walking: Walking[] = [];
  let strike = 0;
  let next = 1;
  return (step) => {
    const { isOn = () => true } = step;
    strike += 1;
    walking = walking.filter((one) => strike - one.strike <= mostBetween);
    const ahead = walking.filter(
      (one) =>
        strike - one.strike >= leastBetween &&
        isOn(one.way) &&
        payersSteps.indexOf(payersStep(step.after, one.way)) > payersSteps.indexOf(one.at),
    );
    const [first, ...others] = ahead;
    const chosen = first && chance.pick([first, ...others]);
    // No step is on no way.
    const way = chosen?.way ?? chance.pick(ways.filter(isOn) as [Way, ...Way[]]);
    const payer = chosen?.payer ?? next++;
    const at = payersStep(step.after, way);
    walking = walking.filter((one) => one !== chosen);
    // An exchange of a code that was cut off holds its payer up for long.
    if (at !== 'return') walking.push({ payer, way, at, strike });
    return { way, payer };
  };
}

export function payersStep(after: Step['after'], way: Way): PayersStep {
  if (typeof after === 'string') return after;
  return way.isInOneRequest ? after.inOneRequest : after.stepByStep;
}
