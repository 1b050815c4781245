// How a failure that ended something is kept, so that a repeated request is told the same: type and codes in a column,
// the bank's own words encrypted.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { FailureDetails, FailureType } from '../workflows/failures.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';

export interface RecordedFailure {
  type: FailureType;
  details: FailureDetails;
  /** The bank's refusal, for the caller alone. */
  bank?: { endpointHttpMethod: string; endpointUrl: string; endpointResponse: unknown } | undefined;
}

/** What goes into a `failure` column. */
export type FailureColumn = Pick<RecordedFailure, 'type' | 'details'>;

export const failureColumn = ({ type, details }: RecordedFailure): FailureColumn => ({ type, details });

const purpose = 'bank-refusal';

/** What is sealed beside the column. */
export const failureTexts = ({ bank }: RecordedFailure) => ({ [purpose]: bank && JSON.stringify(bank) });

export async function openFailure(
  sealed: SealedObjects,
  tenant: TenantId,
  owner: Owner,
  failure: FailureColumn | null,
  refusal: SealedColumn,
): Promise<RecordedFailure | null> {
  if (failure === null) return null;
  const text = await sealed.open(tenant, owner, purpose, refusal);
  return { ...failure, ...(text === undefined ? {} : { bank: JSON.parse(text) }) };
}
