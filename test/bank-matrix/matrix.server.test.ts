// The bank matrix: every profile through every journey, against the sandbox's own account of what that bank does. Families of
// payments beside the domestic one are run where banks differ in them; `npm run banks:test` runs them everywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columns, type Found } from '../../bank-matrix/bank.ts';
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

  it('shows what a bank does not offer as such, and asks for nothing of it', async () => {
    const bank = simulatedBank(matrix.sandbox, builtInBook, 'Zopa_Zopa');
    expect(await bank.offeredFamilies?.()).toEqual(paymentFamilies);
    const offeredFamilies = async () => ['domestic-standing-order'] as const;
    const { cells } = await runBank(matrix.apiUrl, { ...bank, offeredFamilies }, matrix.house);
    const notOffered = paymentFamilies.filter((family) => cells[family].kind === 'not-offered');
    expect(notOffered).toEqual(paymentFamilies.filter((family) => family !== 'domestic-standing-order'));
    expect(cells['domestic-standing-order']).toMatchObject({ kind: 'passed' });
    const counters = await matrix.house.control('GET', '/counters');
    expect(counters.Zopa_Zopa.paymentsByFamily['file-payment']).toBeUndefined();
  });

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

  async function isGreen(name: string, version: { useVersion3?: boolean }): Promise<void> {
    const leftOut: PaymentFamily[] = allFamilies.has(name)
      ? []
      : paymentFamilies.filter((each) => each !== 'domestic-payment');
    const bank = { ...simulatedBank(matrix.sandbox, builtInBook, name), ...version, leftOut };
    const { cells } = await runBank(matrix.apiUrl, bank, matrix.house);
    const { accounts, payments } = bank.offers;
    const passed = { kind: 'passed', durationMs: expect.any(Number) };
    const offered = (isOffered: boolean) => (isOffered ? passed : { kind: 'not-offered' });
    expect(cells).toEqual({
      registration: passed,
      'account-access': offered(accounts),
      ...Object.fromEntries(
        paymentFamilies.map((family) => [
          family,
          payments && leftOut.includes(family) ? { kind: 'left-out' } : offered(payments),
        ]),
      ),
      refresh: offered(accounts),
      deletion: passed,
    });
    expect(Object.keys(cells)).toEqual([...columns]);
  }
});
