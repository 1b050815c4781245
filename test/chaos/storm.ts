// A storm: payers pay side by side while everything around them is killed and cut off, one strike after the other, by plan.
// Then the bank's counters are read.
import { quietStage } from '../../bench/stage.ts';
import { register } from '../../cli/journeys/registration.ts';
import { openCrowd } from './crowd.ts';
import { type Ground, type GroundOptions, layGround } from './ground.ts';
import { judge } from './judge.ts';
import type { Paid } from './payer.ts';
import type { Strike, Victim } from './plan.ts';
import { openResumptions, type Resumption } from './resumptions.ts';
import { carryOut, type Struck } from './strike.ts';

export interface StormOptions extends GroundOptions {
  plan: readonly Strike[];
  /** Told of each strike, and of how it all ended. */
  say(text: string): void;
  /** Ends the storm early, and what has passed is judged: it counts as not weathered. */
  stop?: AbortSignal;
}

export interface Aftermath {
  struck: Struck[];
  paid: Paid[];
  /** What went wrong; nothing when the storm was weathered. */
  failures: string[];
  /** How long the bank had to wait for the next attempt after a worker was killed. */
  resumptions: Resumption[];
  /** From the first strike to the last. */
  tookMs: number;
}

/** Whoever is to be struck comes a few strikes before. */
const lookAhead = 4;

export async function runStorm({ plan, say, stop, worker = {} }: StormOptions): Promise<Aftermath> {
  const ground = await layGround({ worker });
  const startedMs = performance.now();
  const seconds = () => `${Math.round((performance.now() - startedMs) / 1000)} s`;
  try {
    const { id: registrationId } = await register(quietStage(ground.everything));
    await hearOfPayments(ground);
    // A bank that lets a consent be paid twice: only the idempotency key stands between us and a second payment.
    await ground.control('POST', '/knobs', {
      ...{ bank: 'hybrid', honourSingleUse: false, checkFunds: false },
      ...{ paymentStatuses: ['RCVD', 'ACSP', 'ACCC'], scheduledPaymentStatuses: ['RCVD', 'PDNG', 'ACCC'] },
      ...{ initiationStatuses: ['RCVD', 'PDNG', 'INCO'], advanceOnRead: true, paymentStepMs: 0 },
    });
    const crowd = openCrowd(ground, registrationId, plan);
    const resumptions = openResumptions(ground);
    const failures: string[] = [];
    const struck: Struck[] = [];
    const { promise: breakDown, reject: brokeDown } = Promise.withResolvers<never>();
    try {
      await Promise.race([strikeAll(), breakDown, ground.unexpectedEnd]);
    } catch (error) {
      failures.push(`the storm came to a stand: ${wordsOf(error)}`);
      say(failures.join());
      crowd.giveUp();
    }
    const tookMs = performance.now() - startedMs;
    const { paid, unpaid } = await crowd.leave();
    if (stop?.aborted) failures.push(`it was ended after ${struck.length} of ${plan.length} strikes`);
    say(`the last payer has left (${seconds()})`);
    failures.push(...unpaid, ...(await judge(ground, paid).catch(notJudged)));
    await resumptions.look();
    return { struck, paid, failures, resumptions: resumptions.found(), tookMs };

    async function strikeAll(): Promise<void> {
      const starting = new Map<Victim, Promise<void>>();
      const isUp = async (victim: Victim) => await starting.get(victim);
      for (const [index, strike] of plan.entries()) {
        if (stop?.aborted) break;
        crowd.expect(plan.slice(index, index + lookAhead));
        const done = await carryOut({ ground, letGo: crowd.letGo, isUp }, strike);
        struck.push(done);
        resumptions.expect(done);
        if (strike.kind === 'kill' && strike.replaced === 'after') {
          const ready = ground.restart(strike.victim);
          starting.set(strike.victim, ready);
          ready.catch(brokeDown);
        }
        say(`${inWords(index + 1, done)} (${seconds()})`);
        await resumptions.look();
      }
      await Promise.all(starting.values());
    }
  } finally {
    await ground.close();
  }
}

const notJudged = (error: unknown) => [`nobody could judge it: ${wordsOf(error)}`];

async function hearOfPayments({ everything, witness }: Ground): Promise<void> {
  const { connector } = quietStage(everything);
  const Url = `http://127.0.0.1:${witness.port}/hooks`;
  const asked = { Url, EventTypes: ['payment.status-changed'] };
  const { Secret } = await connector.call('POST', '/webhook-endpoints', asked);
  witness.trust(Secret);
}

function inWords(number: number, { strike, inFlight, interrupted }: Struck): string {
  const isReplaced = strike.kind === 'kill' && strike.replaced === 'before';
  const what =
    strike.kind === 'kill' ? `SIGKILL ${strike.victim}${isReplaced ? ' of two' : ''}` : 'connection cut';
  const mark = interrupted === undefined ? '' : ' [its own bank call]';
  return `${String(number).padStart(4)} ${what.padEnd(21)} in flight: ${inFlight}${mark}`;
}

const wordsOf = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
