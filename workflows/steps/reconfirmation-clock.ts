// The clock of a live access that its customer has to reconfirm: when to look next, and what is shown when it is looked
// at. The date itself is in the records: a reconfirmation that the journey never heard of counts as well.
import { records } from '../activity-options.ts';
import type { ConsentInput } from '../contracts/consent.ts';
import type { ReconfirmationStanding } from '../contracts/reconfirmation.ts';
import { standAt } from './standing.ts';

export interface ReconfirmationClock {
  /** Milliseconds since 1970; infinite: never. */
  readonly nextLookMs: number;
  look(): Promise<void>;
}

const pauseMs = 60_000;

const texts: Record<ReconfirmationStanding, { state: string; text: string }> = {
  confirmed: {
    state: 'authorised',
    text: 'Live: authorised by the customer, tokens are refreshed when readers need them.',
  },
  'due-soon': {
    state: 'reconfirmation-due',
    text: 'Live; the customer has to reconfirm soon, or reads without them will be refused.',
  },
  overdue: {
    state: 'reconfirmation-needed',
    text: 'Live for a customer who is there; reads without them are refused until they reconfirm.',
  },
};

export const neverLooks: ReconfirmationClock = {
  nextLookMs: Number.POSITIVE_INFINITY,
  look: async () => {},
};

/** Looks at once, so that the time of the next look is known. */
export async function openReconfirmationClock({
  tenant,
  consentId,
}: Pick<ConsentInput, 'tenant' | 'consentId'>): Promise<ReconfirmationClock> {
  let shown: ReconfirmationStanding = 'confirmed';
  let nextLookMs = 0;
  async function look() {
    const { standing, lookAgainAtMs } = await records.lookAtReconfirmation({ tenant, consentId });
    // Whoever looks goes by another clock, which may be behind.
    nextLookMs = Math.max(lookAgainAtMs, Date.now() + pauseMs);
    if (standing === shown) return;
    shown = standing;
    standAt(texts[standing].state, texts[standing].text);
  }
  await look();
  return {
    get nextLookMs() {
      return nextLookMs;
    },
    look,
  };
}
