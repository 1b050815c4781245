// The encryption key of an embedded installation: made at its first start and described in its own database. An
// installation on somebody's own Postgres gets its keys from its operator.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EncryptionKeyUnusable, type Keyring } from '../security/token-encryption.ts';
import type { Store } from '../store/store.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';

const name = 'development-encryption.key';
/** Always the same, so that a start that was cut short finds the description of the one before. */
const id = 'd0b00000-0000-4000-8000-000000000001';

/**
 * Makes sure that there is a current encryption key; one that somebody else has set stays.
 * @param folder the folder of the secret source `File`
 */
export async function ensureDevelopmentKey(
  { store, keyring, folder }: { store: Store; keyring: Keyring; folder: string },
  tenant: TenantId,
): Promise<void> {
  try {
    await keyring.current(tenant);
    return;
  } catch (error) {
    if (!(error instanceof EncryptionKeyUnusable)) throw error;
  }
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  await store.encryptionKeyDescriptions.insert(tenant, {
    id,
    key: { source: 'File', name },
    reference: 'development key, made at the first embedded start',
    createdBy: null,
  });
  await store.encryptionKeyDescriptions.setCurrent(tenant, id);
}
