// All rows of the matrix, a few at a time.
import type { MatrixBank } from './bank.ts';
import { type Row, runBank } from './run-bank.ts';
import type { Customer } from './session.ts';

export interface MatrixOptions {
  apiUrl: string;
  customer: Customer;
  /** How many banks at a time. */
  parallel: number;
  stopAtFailure?: boolean;
  /** Told of each row as it is done. */
  onRow?: (row: Row) => void;
}

/** @returns rows in the order of the banks */
export async function runMatrix(banks: readonly MatrixBank[], options: MatrixOptions): Promise<Row[]> {
  const { apiUrl, customer, parallel, stopAtFailure = false, onRow } = options;
  const rows: Row[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let at = next++; at < banks.length; at = next++) {
      const bank = banks[at];
      if (bank === undefined) return;
      const row = await runBank(apiUrl, bank, customer, { stopAtFailure });
      rows[at] = row;
      onRow?.(row);
    }
  }
  await Promise.all(Array.from({ length: parallel }, work));
  return rows;
}

/** Whether nothing failed, and everything was run that the bank offers and somebody wants to see. */
export function isGreen({ cells }: Row): boolean {
  return Object.values(cells).every(({ kind }) => kind !== 'failed' && kind !== 'not-run');
}
