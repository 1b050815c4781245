// One row of the matrix: a bank through all columns, in the order of a customer's life with it.
import { type Column, columns, type Found, type MatrixBank, type RunColumn } from './bank.ts';
import { accountAccess } from './columns/account-access.ts';
import { deletion } from './columns/deletion.ts';
import { payment } from './columns/payment.ts';
import { refresh } from './columns/refresh.ts';
import { registration } from './columns/registration.ts';
import { type PaymentFamily, paymentFamilies } from './payment-families.ts';
import { redacted } from './redact.ts';
import { type Customer, type Exchange, openSession, StepFailed } from './session.ts';

export type Cell =
  | { kind: 'passed'; durationMs: number }
  /** The exchange has no secrets and nothing personal left in it. */
  | { kind: 'failed'; message: string; exchange: Exchange | undefined; durationMs: number }
  /** The bank does not have it. */
  | { kind: 'not-offered' }
  /** An earlier column failed, or nobody here can bring it about. */
  | { kind: 'not-run' }
  /** Nobody wants to see it this time. */
  | { kind: 'left-out' };

export interface Row {
  profile: string;
  cells: Record<Column, Cell>;
}

const run: Record<Column, RunColumn> = {
  ...{ registration, 'account-access': accountAccess, refresh, deletion },
  // Every family is there.
  ...(Object.fromEntries(paymentFamilies.map((family) => [family, payment(family)])) as PaymentColumns),
};
type PaymentColumns = Record<PaymentFamily, RunColumn>;

/** @param stopAtFailure leaves the columns after the first failure out */
export async function runBank(
  apiUrl: string,
  bank: MatrixBank,
  customer: Customer,
  { stopAtFailure = false } = {},
): Promise<Row> {
  const session = openSession(apiUrl, customer);
  const found: Found = { clientIds: new Map() };
  const cells = new Map<Column, Cell>();
  const offered = bank.offers.payments ? ((await bank.offeredFamilies?.()) ?? paymentFamilies) : [];
  for (const column of columns) {
    const hasFailed = [...cells.values()].some(({ kind }) => kind === 'failed');
    const without = standing(column, bank, offered, found);
    cells.set(column, without ?? (stopAtFailure && hasFailed ? { kind: 'not-run' } : await cell(column)));
  }
  return { profile: bank.profile, cells: Object.fromEntries(cells) as Row['cells'] }; // every column was set

  async function cell(column: Column): Promise<Cell> {
    const startedAt = performance.now();
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      await run[column](session, bank, found);
      return { kind: 'passed', durationMs: durationMs() };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const exchange = session.last();
      return {
        kind: 'failed',
        message: error instanceof StepFailed ? error.message : `${error.name}: ${error.message}`,
        exchange: exchange && redacted(exchange),
        durationMs: durationMs(),
      };
    }
  }
}

function standing(
  column: Column,
  bank: MatrixBank,
  offered: readonly PaymentFamily[],
  found: Found,
): Cell | undefined {
  const { accounts } = bank.offers;
  switch (column) {
    case 'registration':
      return undefined;
    case 'account-access':
      if (!accounts) return { kind: 'not-offered' };
      return found.accountsRegistrationId === undefined ? { kind: 'not-run' } : undefined;
    case 'refresh':
      if (!accounts) return { kind: 'not-offered' };
      if (bank.leftOut?.includes(column)) return { kind: 'left-out' };
      return found.accessConsentId === undefined || bank.endTokens === undefined
        ? { kind: 'not-run' }
        : undefined;
    case 'deletion':
      return (found.accountsRegistrationId ?? found.paymentsRegistrationId) === undefined
        ? { kind: 'not-run' }
        : undefined;
    default:
      column satisfies PaymentFamily;
      if (!offered.includes(column)) return { kind: 'not-offered' };
      if (bank.leftOut?.includes(column)) return { kind: 'left-out' };
      return found.paymentsRegistrationId === undefined ? { kind: 'not-run' } : undefined;
  }
}
