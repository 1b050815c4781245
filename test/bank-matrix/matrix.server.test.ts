// The bank matrix: every profile through every journey, against the sandbox's own account of what that bank does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columns } from '../../bank-matrix/bank.ts';
import { runBank } from '../../bank-matrix/run-bank.ts';
import { simulatedBank } from '../../bank-matrix/simulated-banks.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { type MatrixHouse, openMatrixHouse } from './matrix-house.ts';

const names = builtInBook.names().filter((name) => !name.startsWith('Sandbox_'));

let matrix: MatrixHouse;
beforeAll(async () => {
  matrix = await openMatrixHouse();
});
afterAll(() => matrix.house.close());

describe.concurrent('the matrix', { timeout: 120_000 }, () => {
  it.each(names)('%s is green', (name) => isGreen(name, {}));

  // What is known of a bank's version 3 counts as long as somebody uses it.
  it.each(names.filter(hasBothVersions))('%s is green in version 3', (name) =>
    isGreen(name, { useVersion3: true }),
  );

  async function isGreen(name: string, version: { useVersion3?: boolean }): Promise<void> {
    const bank = { ...simulatedBank(matrix.sandbox, builtInBook, name), ...version };
    const { cells } = await runBank(matrix.apiUrl, bank, matrix.house);
    const { accounts, payments } = bank.offers;
    const passed = { kind: 'passed', durationMs: expect.any(Number) };
    const offered = (isOffered: boolean) => (isOffered ? passed : { kind: 'not-offered' });
    expect(cells).toEqual({
      registration: passed,
      'account-access': offered(accounts),
      'domestic-payment': offered(payments),
      refresh: offered(accounts),
      deletion: passed,
    });
    expect(Object.keys(cells)).toEqual([...columns]);
  }
});

function hasBothVersions(name: string): boolean {
  const { accountInformation, paymentInitiation } = builtInBook.find(name) ?? {};
  return [accountInformation, paymentInitiation].some(
    (api) => api?.baseUrls['v3.1'] !== undefined && api.baseUrls['v4.0'] !== undefined,
  );
}
