// The bank matrix: every profile through every journey, against the sandbox's own account of what that bank does. Families of
// payments beside the domestic one are run where banks differ in them; `npm run banks:test` runs them everywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Column, columns, type Found, type MatrixBank } from '../../bank-matrix/bank.ts';
import { hasBothVersions } from '../../bank-matrix/both-versions.ts';
import { accountAccess } from '../../bank-matrix/columns/account-access.ts';
import { registration } from '../../bank-matrix/columns/registration.ts';
import { type PaymentFamily, paymentFamilies } from '../../bank-matrix/payment-families.ts';
import { runBank } from '../../bank-matrix/run-bank.ts';
import { customerPresent, type Json, openSession } from '../../bank-matrix/session.ts';
import { simulatedBank } from '../../bank-matrix/simulated-banks.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { type MatrixHouse, openMatrixHouse } from './matrix-house.ts';

const names = builtInBook.names().filter((name) => !name.startsWith('Sandbox_'));

const allFamilies = new Set([
  // No account to refund to may be asked for; version 3 alone.
  'Chase_Chase',
  // Every order has to say who decides it; another client for payments.
  'Monzo_Sandbox',
  // Links of another bank of the group; both versions.
  'Lloyds_HalifaxPersonal',
]);

/** What no bank of the sandbox says of itself today is said here. */
const notOffered: Record<string, PaymentFamily> = { Zopa_Zopa: 'file-payment' };

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

  it('has two banks that tell of pots, and no other', async () => {
    const told: string[] = [];
    for (const name of ['Monzo_Monzo', 'Monzo_Sandbox', 'Starling_Starling']) {
      if (!names.includes(name)) continue;
      const bank = simulatedBank(matrix.sandbox, builtInBook, name);
      const session = openSession(matrix.apiUrl, matrix.house);
      const found: Found = { clientIds: new Map() };
      await registration(session, bank, found);
      await accountAccess(session, bank, found);
      const headers = { 'x-obc-account-access-consent-id': found.accessConsentId ?? '', ...customerPresent };
      const url = new URL('/aisp/monzo-pots', matrix.apiUrl);
      const answer = await fetch(url, { headers });
      const body: Json = await answer.json();
      if (answer.status !== 200) expect([name, body.code]).toEqual([name, 'bank-rejected-request']);
      else if (
        body.ExternalApiResponse.Data.Pot.every(({ PotId }: { PotId: unknown }) => typeof PotId === 'string')
      )
        told.push(name);
    }
    expect(told).toEqual(['Monzo_Monzo', 'Monzo_Sandbox']);
  });

  async function isGreen(name: string, { useVersion3 = false }): Promise<void> {
    const others = paymentFamilies.filter((family) => family !== 'domestic-payment');
    const leftOut: Column[] = [
      ...(allFamilies.has(name) ? [] : others),
      // Tokens are the same in either version.
      ...(useVersion3 ? (['refresh'] as const) : []),
    ];
    const simulated = simulatedBank(matrix.sandbox, builtInBook, name);
    const bank = { ...simulated, ...notOffering(name, simulated), useVersion3, leftOut };
    const { cells } = await runBank(matrix.apiUrl, bank, matrix.house);
    const expected = (column: Column) => {
      if (column === 'registration' || column === 'deletion') return 'passed';
      const isAccounts = column === 'account-access' || column === 'refresh';
      if (!bank.offers[isAccounts ? 'accounts' : 'payments']) return 'not-offered';
      if (notOffered[name] === column) return 'not-offered';
      return column !== 'account-access' && leftOut.includes(column) ? 'left-out' : 'passed';
    };
    const kinds = Object.entries(cells).map(([column, cell]) => [column, cell.kind]);
    const reads = Object.values(cells).flatMap((cell) => (cell.kind === 'failed' ? [cell.message] : []));
    expect(kinds, reads.join('; ')).toEqual(columns.map((column) => [column, expected(column)]));
  }
});

/** As the bank says of itself, but for one family. */
function notOffering(name: string, { offeredFamilies }: MatrixBank): Pick<MatrixBank, 'offeredFamilies'> {
  const families = async () => (await offeredFamilies?.()) ?? [];
  return { offeredFamilies: async () => (await families()).filter((family) => family !== notOffered[name]) };
}
