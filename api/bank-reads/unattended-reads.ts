// What a read passes that is made while the customer is away: their confirmation must not be too old, and the bank's
// allowance not be used up. Each read is claimed in the database before the bank is called.
import { BankError } from '../../bank-client/bank-error.ts';
import type { Clock } from '../../clock.ts';
import type { UnattendedClaim, UnattendedRead } from '../../store/unattended-reads.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import { reconfirmationDueMs } from '../../workflows/contracts/reconfirmation.ts';
import { Problem } from '../problem.ts';
import { customerIpHeader } from '../schemas/shared.ts';
import type { ReadUnderConsent, UnattendedReadsLeft } from './bank-reads.ts';

export interface UnattendedReadClaims {
  claim(tenant: TenantId, read: UnattendedRead, allowance: number): Promise<UnattendedClaim>;
  giveBack(tenant: TenantId, read: UnattendedRead, id: string): Promise<void>;
}

/** One read, which may need more than one call of the bank. */
export interface Attendance {
  /** @throws {Problem} when the customer has to reconfirm first */
  admit(access: Confirmed): void;
  /**
   * @param allowance of the bank: reads a day of one account and resource
   * @throws {Problem} when it is used up
   */
  call<Answer>(access: Confirmed, allowance: number, callBank: () => Promise<Answer>): Promise<Answer>;
  /** Undefined when the read does not count. */
  left(): UnattendedReadsLeft | undefined;
}

interface Confirmed {
  /** When the customer last authorised the access, or reconfirmed it since. */
  confirmedAtMs: number;
}

const notCounted: Attendance = {
  admit: () => {},
  call: (_access, _allowance, callBank) => callBank(),
  left: () => undefined,
};

interface Deps {
  claims: UnattendedReadClaims;
  clock: Pick<Clock, 'nowMs'>;
}

export function createAttendance({ claims, clock }: Deps) {
  return function attendanceOf(tenant: TenantId, read: ReadUnderConsent): Attendance {
    if (read.family !== 'account-access' || isAttended(read)) return notCounted;
    const { consentId, endpoint, params, isFurtherPage } = read;
    const counted = { consentId, account: params.AccountId ?? '', resource: endpoint.path };
    let claim: (UnattendedReadsLeft & { id: string }) | undefined;

    async function claimOne(allowance: number, dueMs: number): Promise<void> {
      const outcome = await claims.claim(tenant, counted, allowance);
      if (outcome.kind === 'used-up') throw usedUp(allowance, outcome.freeAtMs - clock.nowMs());
      claim = { id: outcome.id, allowance, left: outcome.left, reconfirmationDueMs: dueMs };
    }

    return {
      admit({ confirmedAtMs }) {
        if (reconfirmationDueMs(confirmedAtMs) <= clock.nowMs()) throw new Problem('reconfirmation-needed');
      },
      async call({ confirmedAtMs }, allowance, callBank) {
        const isFirst = claim === undefined && isFurtherPage !== true;
        if (isFirst) await claimOne(allowance, reconfirmationDueMs(confirmedAtMs));
        try {
          return await callBank();
        } catch (error) {
          // A claim that cannot be given back is lost, which is no reason to hide what happened.
          if (isFirst && claim !== undefined && wasNotSent(error))
            await claims.giveBack(tenant, counted, claim.id).catch(() => {});
          throw error;
        }
      },
      left: () => {
        if (claim === undefined) return undefined;
        const { id: _, ...left } = claim;
        return left;
      },
    };
  };
}

const isAttended = ({ customerIpAddress = '' }: ReadUnderConsent) => customerIpAddress.trim() !== '';

const wasNotSent = (error: unknown) => error instanceof BankError && error.sent === 'not-sent';

function usedUp(allowance: number, waitMs: number): Problem {
  return new Problem('unattended-reads-used-up', {
    detail:
      `The bank allows ${allowance} reads of this in 24 hours while the customer is away. ` +
      `A read for a customer who is there names their address in ${customerIpHeader}.`,
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
