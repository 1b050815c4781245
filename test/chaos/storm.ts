// A storm: payers pay side by side while everything around them is killed and cut off, one strike after the other, by plan.
// Then the bank's counters are read.

import { quietStage } from '../../bench/stage.ts';
import { register } from '../../cli/journeys/registration.ts';
import { createSandboxControl } from '../../cli/sandbox-customer.ts';
import { createCarefulCaller } from './careful-caller.ts';
import { families } from './families.ts';
import { type Ground, type GroundOptions, layGround } from './ground.ts';
import { judge } from './judge.ts';
import { type Paid, pay } from './payer.ts';
import type { Strike } from './plan.ts';
import { openResumptions } from './resumptions.ts';
import { carryOut, type Struck, victimOf } from './strike.ts';

export interface StormOptions extends GroundOptions {
  plan: readonly Strike[];
  /** Told of each strike, and of how it all ended. */
  say(text: string): void;
  /** Ends the storm early: it counts as not weathered. */
  stop?: AbortSignal;
  /** How many pay side by side at least. */
  payers?: number;
}

export interface Aftermath {
  struck: Struck[];
  paid: Paid[];
  /** What went wrong; nothing when the storm was weathered. */
  failures: string[];
  /** How long the bank had to wait for the next attempt after a worker was killed, in milliseconds. */
  resumedAfterMs: number[];
}

export async function runStorm({
  plan,
  say,
  stop,
  payers = 4,
  worker = {},
}: StormOptions): Promise<Aftermath> {
  const startedMs = performance.now();
  const seconds = () => `${Math.round((performance.now() - startedMs) / 1000)} s`;
  const ground = await layGround({ worker });
  try {
    const { id: registrationId } = await register(quietStage(ground.everything));
    // A bank that lets a consent be paid twice: only the idempotency key stands between us and a second payment.
    await ground.control('POST', '/knobs', {
      ...{ bank: 'hybrid', honourSingleUse: false },
      ...{ paymentStatuses: ['RCVD', 'ACSP', 'ACCC'], advanceOnRead: true, paymentStepMs: 0 },
    });
    const crowd = openCrowd(ground, registrationId, payers);
    const resumptions = openResumptions(ground);
    const failures: string[] = [];
    const struck: Struck[] = [];
    try {
      await Promise.race([strikeAll(), ground.unexpectedEnd, stopped(stop)]);
    } catch (error) {
      failures.push(`the storm came to a stand: ${wordsOf(error)}`);
      say(failures.join());
      crowd.giveUp();
    }
    const { paid, unpaid } = await crowd.leave();
    if (stop?.aborted) return { struck, paid, failures, resumedAfterMs: [] };
    say(`the last payer has left (${seconds()})`);
    failures.push(...unpaid, ...(await judge(ground, paid)));
    await resumptions.look();
    return { struck, paid, failures, resumedAfterMs: resumptions.durationsMs() };

    async function strikeAll(): Promise<void> {
      let ready = Promise.resolve();
      for (const [index, strike] of plan.entries()) {
        // Whoever was in the middle of something waits for a while now: somebody new comes, and the storm goes on.
        crowd.admit();
        const done = await carryOut(ground, strike, ready);
        struck.push(done);
        resumptions.expect(done);
        const victim = victimOf(strike);
        if (victim !== undefined) ready = ground.restart(victim);
        // Whoever waits for it hears of its failure; until then it is not unhandled.
        ready.catch(() => {});
        say(`${inWords(index + 1, done)} (${seconds()})`);
        await resumptions.look();
      }
      await ready;
    }
  } finally {
    await ground.close();
  }
}

async function stopped(stop: AbortSignal | undefined): Promise<never> {
  return await new Promise((_, reject) => {
    stop?.addEventListener('abort', () => reject(new Error('told to stop')));
  });
}

/** So many pay at any time, and somebody more with each strike, until they are asked to leave. */
function openCrowd({ everything }: Ground, registrationId: string, size: number) {
  const { roles } = everything;
  const giving = new AbortController();
  const parts = {
    caller: createCarefulCaller(roles.api.addresses.api ?? '', giving.signal),
    sandbox: createSandboxControl(roles['sandbox-bank'].addresses.control ?? ''),
    registrationId,
  };
  const paid: Paid[] = [];
  const unpaid: string[] = [];
  let isOpen = true;
  let next = 1;
  const payOnce = async () => {
    const number = next++;
    const family = families[number % families.length] ?? families[0];
    try {
      paid.push(await pay(parts, family, `STORM-${number}`));
    } catch (error) {
      unpaid.push(`STORM-${number} did not get through: ${wordsOf(error)}`);
    }
  };
  const payAgainAndAgain = async () => {
    while (isOpen && unpaid.length === 0) await payOnce();
  };
  const present = Array.from({ length: size }, payAgainAndAgain);
  return {
    /** One more, who pays once. */
    admit: () => void present.push(payOnce()),
    /** What they wait for will not come. */
    giveUp: () => giving.abort(),
    /** Those who have begun finish first. */
    leave: async () => {
      isOpen = false;
      await Promise.all(present);
      return { paid, unpaid };
    },
  };
}

function inWords(number: number, { strike, inFlight, interruptedBankCall }: Struck): string {
  const what = strike.kind === 'kill' ? `SIGKILL ${strike.victim}` : 'connection cut';
  const mark = interruptedBankCall ? ' [its own bank call]' : '';
  return `${String(number).padStart(4)} ${what.padEnd(16)} in flight: ${inFlight}${mark}`;
}

const wordsOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
