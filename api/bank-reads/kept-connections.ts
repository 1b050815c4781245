// Connections to banks, one per registration, kept until registration or certificates change. What a read loads anyway
// tells whether the kept one is still good, so that the busy path asks the store nothing more.
import type { TenantId } from '../../workflows/contracts/ids.ts';

/** What a connection was made of. */
export interface Stamp {
  revision: number;
  obWacCertificateId: string;
  obSealCertificateId: string;
}

export interface Connected<Bank> {
  stamp: Stamp;
  /** Whether the bank's profile is still the one that this was made with. */
  isCurrent(): boolean;
  bank: Bank;
}

export function createKeptConnections<Bank>(
  /** Loads everything about a registration and connects; undefined when there is none. */
  connect: (tenant: TenantId, registrationId: string) => Promise<Connected<Bank> | undefined>,
) {
  const kept = new Map<string, Promise<Connected<Bank> | undefined>>();

  return async function connectionTo(
    tenant: TenantId,
    registrationId: string,
    /** Absent: whatever is there now is good. */
    stamp?: Stamp,
  ): Promise<Bank | undefined> {
    const key = `${tenant}/${registrationId}`;
    const earlier = stamp === undefined ? undefined : await kept.get(key);
    if (stamp !== undefined && earlier?.isCurrent() && isSame(earlier.stamp, stamp)) return earlier.bank;
    const connection = connect(tenant, registrationId);
    kept.set(key, connection);
    // A failure, or a registration that is gone, is not kept.
    const forget = () => kept.get(key) === connection && kept.delete(key);
    connection.then((found) => found ?? forget(), forget);
    return (await connection)?.bank;
  };
}

function isSame(one: Stamp, other: Stamp): boolean {
  return (
    one.revision === other.revision &&
    one.obWacCertificateId === other.obWacCertificateId &&
    one.obSealCertificateId === other.obSealCertificateId
  );
}
