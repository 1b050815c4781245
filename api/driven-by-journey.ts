// Creates that a journey carries out: the record says how it went, to the first caller and to everyone who repeats.

import type { RecordedFailure } from '../store/failures.ts';
import { JourneyClosed, JourneyFailure, JourneyInProgress } from '../temporal/journeys.ts';
import { Problem, problemOfRecordedFailure } from './problem.ts';
import type { InProgressCode } from './problem-codes.ts';

interface Driven {
  failure: RecordedFailure | null;
}

export interface DrivenBy<Record extends Driven> {
  load(): Promise<Record | undefined>;
  /** Whether the record holds what the caller waits for. */
  isDone(record: Record): boolean;
  /** Starts the journey, or joins it, and waits for it. */
  drive(): Promise<void>;
  inProgress: InProgressCode;
}

/** The finished record. The journey is asked only while the record does not say how it ended. */
export async function drivenByJourney<Record extends Driven>(steps: DrivenBy<Record>): Promise<Record> {
  const before = ended(await steps.load(), steps);
  if (before !== undefined) return before;
  try {
    await inTime(steps.inProgress, steps.drive());
  } catch (error) {
    // The record knows more than the journey may: the bank's own words, or the end of a journey that is over.
    if (!(error instanceof JourneyFailure) && !(error instanceof JourneyClosed)) throw error;
    const after = ended(await steps.load(), steps);
    if (after === undefined) throw error;
    return after;
  }
  const after = ended(await steps.load(), steps);
  if (after === undefined) throw new Error('the journey ended well, but its record does not say so');
  return after;
}

function ended<Record extends Driven>(
  record: Record | undefined,
  steps: Pick<DrivenBy<Record>, 'isDone'>,
): Record | undefined {
  if (record === undefined) throw new Problem('not-found');
  if (record.failure !== null) throw problemOfRecordedFailure(record.failure);
  return steps.isDone(record) ? record : undefined;
}

/** Gives a wait that took too long the name of what goes on. */
export async function inTime<Answer>(code: InProgressCode, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof JourneyInProgress) throw new Problem(code, { cause: error });
    throw error;
  }
}
