// The bank as a customer's tokens want to be used: banks bind them to the transport certificate that they were fetched
// with (RFC 8705). Whoever can refresh them goes with the present certificate; a payment's are used as they are.
import type { Bank } from '../bank-client/bank.ts';
import { SecretUnavailable } from '../secrets/secret-source.ts';
import { outOfDate } from '../security/certificate-dates.ts';
import { readCertificate } from '../security/keys.ts';
import type { Grant } from '../store/grants.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ActivityDeps } from './deps.ts';

/** @param present connected with the certificate that the software statement names now */
export async function bankOfGrant(
  { store, banks, clock }: ActivityDeps,
  tenant: TenantId,
  registrationId: string,
  { obWacCertificateId }: Pick<Grant, 'obWacCertificateId'>,
  present: Bank,
): Promise<Bank> {
  if (obWacCertificateId === null) return present;
  const now = await store.registrations.loadContext(tenant, registrationId);
  if (now === undefined || now.obWacCertificate.id === obWacCertificateId) return present;
  const then = await store.registrations.loadContext(tenant, registrationId, obWacCertificateId);
  if (then === undefined) return present;
  // With one that has ended, or whose key is gone, nobody gets through: then the bank says that the token is of no use.
  const { certificate } = then.obWacCertificate;
  if (outOfDate(readCertificate(certificate), clock.nowMs()) !== undefined) return present;
  try {
    return await banks.connectOnce(then);
  } catch (error) {
    if (error instanceof SecretUnavailable && !error.transient) return present;
    throw error;
  }
}
