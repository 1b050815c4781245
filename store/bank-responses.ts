// The bank's body about one of our objects, as it was last heard, with where it came from. Encrypted as one text.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedObjects } from './sealed-objects.ts';

export interface StoredBankResponse {
  body: unknown;
  interactionId: string | null;
  /** The bank's address that answered; links of the body hang on it. */
  url: string;
}

const purpose = 'bank-response';

export const bankResponseTexts = (response: StoredBankResponse | undefined) => ({
  [purpose]: response && JSON.stringify(response),
});

export async function readBankResponse(
  sealed: SealedObjects,
  tenant: TenantId,
  owner: Owner,
): Promise<StoredBankResponse | undefined> {
  const text = await sealed.read(tenant, owner, purpose);
  return text === undefined ? undefined : JSON.parse(text);
}
