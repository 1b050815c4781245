// What reads through the API cost beside the same reads without it: wren's accounts, about 8 KB, and pages of alice's
// transactions of about 500 KB, from a bank on version 4 and from one whose answers are translated.
import { register } from '../cli/journeys/registration.ts';
import type { Everything } from '../embedded/everything.ts';
import { accessOf } from './customers.ts';
import { withHouse } from './house.ts';
import type { Effort } from './run.ts';
import { type Reading, type Sizes, sideBySide } from './side-by-side.ts';
import { quietStage, turnKnobs } from './stage.ts';

const thorough: Record<'small' | 'large', Sizes> = {
  small: { windows: 6, calls: 4_000, latencyCalls: 400, pacedCalls: 800, warmUps: 2 },
  large: { windows: 5, calls: 200, latencyCalls: 40, pacedCalls: 60, warmUps: 2 },
};
const brief: typeof thorough = {
  small: { windows: 1, calls: 64, latencyCalls: 16, pacedCalls: 16, warmUps: 1 },
  large: { windows: 1, calls: 8, latencyCalls: 4, pacedCalls: 4, warmUps: 1 },
};

/** Makes a page of transactions as large as wanted. */
const transactionsAPage = 700;

export function measureReadPath({ say, quick }: Effort) {
  const sizes = quick ? brief : thorough;
  return withHouse(async (everything) => {
    await turnKnobs(everything, { accessTokenSeconds: 3_600, pageSize: transactionsAPage });
    const stage = quietStage(everything);
    const clientId = (await register(stage)).id;
    const read = async (psu: string, path: string, version: Reading['version'], size: keyof typeof sizes) => {
      say(`${path} of ${psu}, ${version}`);
      const consentId = await accessOf(stage, clientId, psu);
      return sideBySide(everything, { consentId, path, version }, sizes[size], say);
    };

    const accounts = await read('wren', '/accounts', 'v4.0', 'small');
    const page = await read('alice', '/transactions', 'v4.0', 'large');
    await useVersion3(everything, clientId);
    const translated = await read('alice', '/transactions', 'v3.1', 'large');
    return {
      ...accounts,
      cpuRatio500Kb: page.cpuRatio,
      addedP50Ms500Kb: page.addedP50Ms,
      cpuRatio500KbTranslated: translated.cpuRatio,
      addedP50Ms500KbTranslated: translated.addedP50Ms,
    };
  });
}

async function useVersion3({ roles }: Everything, registrationId: string): Promise<void> {
  const answer = await fetch(`${roles.api.addresses.api}/manage/bank-registrations/${registrationId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AispUseV4: false }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
