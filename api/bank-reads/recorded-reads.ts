// Reads under a consent, each of which leaves an access record.
import { randomUUID } from 'node:crypto';
import { BankError } from '../../bank-client/bank-error.ts';
import type { Clock } from '../../clock.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import { toProblem } from '../problem.ts';
import type { AccessRecorder } from './access-recorder.ts';
import type { BankReads, ReadUnderConsent } from './bank-reads.ts';

type Outcome = { status: number; outcome: string; interactionId: string | null; used: boolean };

export function recordedReads(
  reads: BankReads,
  { recorder, clock }: { recorder: Pick<AccessRecorder, 'record'>; clock: Clock },
): BankReads {
  function record(tenant: TenantId, read: ReadUnderConsent, created: Date, outcome: Outcome): void {
    const { consentId, endpoint, customerIpAddress } = read;
    recorder.record(tenant, {
      id: randomUUID(),
      consentId,
      created,
      operation: `${endpoint.method} ${endpoint.path}`,
      attended: customerIpAddress !== undefined,
      ...outcome,
    });
  }

  function recorded<Answer extends { interactionId: string | null }>(
    readBank: (tenant: TenantId, read: ReadUnderConsent) => Promise<Answer>,
  ) {
    return async (tenant: TenantId, read: ReadUnderConsent): Promise<Answer> => {
      const created = clock.now();
      try {
        const answer = await readBank(tenant, read);
        const { interactionId } = answer;
        const { status } = read.endpoint;
        record(tenant, read, created, { status, outcome: 'answered', interactionId, used: true });
        return answer;
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome !== undefined) record(tenant, read, created, outcome);
        throw error;
      }
    };
  }

  return {
    ...reads,
    readUnderConsent: recorded(reads.readUnderConsent),
    openFileUnderConsent: recorded(reads.openFileUnderConsent),
  };
}

/** Undefined: there is no such consent. */
function outcomeOf(error: unknown): Outcome | undefined {
  const { code: outcome, status } = toProblem(error);
  const bank = error instanceof BankError ? error : undefined;
  if (outcome === 'not-found' && bank === undefined) return undefined;
  const used = bank !== undefined && bank.sent !== 'not-sent';
  return { status, outcome, interactionId: bank?.interactionId ?? null, used };
}
