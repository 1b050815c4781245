// Those who pay side by side while the storm passes. The strikes are aimed at them: each waits before a step that is to be
// struck until its turn has come.
import { createSandboxControl } from '../../cli/sandbox-customer.ts';
import { systemClock } from '../../clock.ts';
import { createCarefulCaller } from './careful-caller.ts';
import type { Ground } from './ground.ts';
import { type Paid, pay } from './payer.ts';
import { payersStepBefore, type Strike } from './plan.ts';
import { type PayersStep, type Way, wayInWords } from './ways.ts';

export interface Crowd {
  /** Those at whom these strikes are aimed come, if they are not there yet. */
  expect(strikes: readonly Strike[]): void;
  /** The one at whom it is aimed goes on. Somebody else comes in their place if they are held up. */
  letGo(strike: Strike): { isCaught(): void };
  /** What they wait for will not come. */
  giveUp(): void;
  /** Those who have begun finish first. */
  leave(): Promise<{ paid: Paid[]; unpaid: string[] }>;
}

interface Payer {
  /** What they wait before, and how they are told to go on. */
  waits: Map<PayersStep, PromiseWithResolvers<void>>;
}

const monthMs = 30 * 86_400_000;
/** Whoever is held up by an earlier strike may be so for a minute. */
const patienceMs = 4_000;

/** @param plan what everybody will have to wait for */
export function openCrowd({ everything }: Ground, registrationId: string, plan: readonly Strike[]): Crowd {
  const { roles } = everything;
  const giving = new AbortController();
  const parts = {
    caller: createCarefulCaller(roles.api.addresses.api ?? '', giving.signal),
    sandbox: createSandboxControl(roles['sandbox-bank'].addresses.control ?? ''),
    registrationId,
    later: new Date(systemClock.nowMs() + monthMs),
  };
  const strikesAt = Map.groupBy(plan, ({ payer }) => payer);
  const payers = new Map<number, Payer>();
  const present: Promise<void>[] = [];
  const paid: Paid[] = [];
  const unpaid: string[] = [];
  let next = 1;

  async function payOnce(way: Way, { waits }: Payer): Promise<void> {
    const reference = `STORM-${next++}`;
    const reach = async (step: PayersStep) => await waits.get(step)?.promise;
    try {
      paid.push(await pay(parts, { way, reference, reach }));
    } catch (error) {
      const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      unpaid.push(`${reference} (${wayInWords(way)}) did not get through: ${words}`);
    }
  }

  function admit({ payer: number, moment: { way } }: Strike): Payer {
    const there = payers.get(number);
    if (there !== undefined) return there;
    const steps = (strikesAt.get(number) ?? []).map(({ moment }) => payersStepBefore(moment));
    const payer = { waits: new Map(steps.map((step) => [step, Promise.withResolvers<void>()])) };
    payers.set(number, payer);
    present.push(payOnce(way, payer));
    return payer;
  }

  return {
    expect: (strikes) => {
      for (const strike of strikes) admit(strike);
    },
    letGo: (strike) => {
      admit(strike).waits.get(payersStepBefore(strike.moment))?.resolve();
      const substitute = () => void present.push(payOnce(strike.moment.way, { waits: new Map() }));
      const timer = setTimeout(substitute, patienceMs);
      return { isCaught: () => clearTimeout(timer) };
    },
    giveUp: () => giving.abort(),
    leave: async () => {
      for (const { waits } of payers.values()) for (const { resolve } of waits.values()) resolve();
      await Promise.all(present);
      return { paid, unpaid };
    },
  };
}
