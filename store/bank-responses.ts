// The bank's body about one of our objects, as it was last heard, with where it came from. Encrypted as one text.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedObjects } from './sealed-objects.ts';

export interface StoredBankResponse {
  body: unknown;
  interactionId: string | null;
  /** The bank's address that answered; links of the body hang on it. */
  url: string;
}

/** Which of a bank's answers about an object. */
type Heard = 'last' | 'first';

const purposes: Record<Heard, string> = { last: 'bank-response', first: 'first-bank-response' };

export const bankResponseTexts = (response: StoredBankResponse | undefined, heard: Heard = 'last') => ({
  [purposes[heard]]: response && JSON.stringify(response),
});

export async function readBankResponse(
  sealed: SealedObjects,
  tenant: TenantId,
  owner: Owner,
  heard: Heard = 'last',
): Promise<StoredBankResponse | undefined> {
  const text = await sealed.read(tenant, owner, purposes[heard]);
  return text === undefined ? undefined : JSON.parse(text);
}
