// What an answer to a read without the customer says of the bank's allowance.
import type { UnattendedReadsLeft } from './bank-reads/bank-reads.ts';

/** None for a read that does not count. */
export function unattendedReadHeaders(reads: UnattendedReadsLeft | undefined): Record<string, string> {
  if (reads === undefined) return {};
  return {
    'x-obc-unattended-reads-left': String(reads.left),
    'x-obc-unattended-reads-allowance': String(reads.allowance),
    'x-obc-reconfirmation-due': new Date(reads.reconfirmationDueMs).toISOString(),
  };
}
