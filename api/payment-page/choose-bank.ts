// The customer's choice of a bank: the first one counts.
import { JourneyClosed, JourneyFailure } from '../../temporal/journeys.ts';
import type { ApiDeps } from '../deps.ts';
import { inTime } from '../driven-by-journey.ts';
import { Problem } from '../problem.ts';
import type { BankToChoose } from './banks.ts';

/** Whether it was this one, and how it went, the page says: by what is recorded then. */
export async function chooseBank(
  { journeys }: Pick<ApiDeps, 'journeys'>,
  journeyId: string,
  { bankRegistrationId, bank }: BankToChoose,
): Promise<void> {
  try {
    await inTime('consent-in-progress', journeys.chooseBank(journeyId, { bankRegistrationId, bank }));
  } catch (error) {
    const isInProgress = error instanceof Problem && error.code === 'consent-in-progress';
    if (!isInProgress && !(error instanceof JourneyFailure) && !(error instanceof JourneyClosed)) throw error;
  }
}
