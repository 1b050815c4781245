// What a bank keeps from a third party whose customer is not there: too many reads a day, and what is old.
import { describe, expect, it } from 'vitest';
import { access, allPermissions, openBank, start, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const minuteMs = 60_000;
const dayMs = 86_400_000;
const Permissions = [...allPermissions, 'ReadBeneficiariesBasic', 'ReadStatementsBasic'];
const present = { 'x-fapi-customer-ip-address': '192.0.2.7' };

describe.each(versions)('%s', (version) => {
  const at = (path: string) => `/${version}/aisp/${path}`;
  const reauthenticate = version === 'v4.0' ? 'U028' : 'UK.OBIE.Reauthenticate';

  async function opened() {
    const bank = openBank();
    const token = await access(bank, version, ['22289', '31820'], { Permissions });
    const read = (path: string, headers: Record<string, string> = {}) =>
      bank.ask('GET', at(path), { token, headers });
    return { bank, token, read };
  }

  describe('so many reads a day without the customer', () => {
    it('are granted for each resource of each account, and end in a 429 that says how long to wait', async () => {
      const { bank, read } = await opened();
      bank.knobs.unattendedReadsPerDay = 4;
      for (let count = 0; count < 4; count += 1) {
        expect((await read('accounts/22289/balances')).status).toBe(200);
        bank.advance(minuteMs);
      }
      const refused = await read('accounts/22289/balances');
      expect(refused.status).toBe(429);
      expect(refused.body).toBeUndefined();
      expect(refused.headers.get('retry-after')).toBe(String((dayMs - 4 * minuteMs) / 1000));
      expect((await read('accounts/31820/balances')).status).toBe(200);
      expect((await read('accounts/22289/transactions')).status).toBe(200);
      expect((await read('accounts/22289/balances', present)).status).toBe(200);
      bank.advance(dayMs - 4 * minuteMs - 1);
      expect((await read('accounts/22289/balances')).status).toBe(429);
      bank.advance(1);
      expect((await read('accounts/22289/balances')).status).toBe(200);
      expect((await read('accounts/22289/balances')).status).toBe(429);
    });

    it('have as many pages as they have', async () => {
      const { bank, read } = await opened();
      Object.assign(bank.knobs, { unattendedReadsPerDay: 1, pageSize: 10 });
      const first = await read('accounts/22289/transactions');
      expect((await read('accounts/22289/transactions')).status).toBe(429);
      expect(first.body.Links.Next).toContain('page=2');
      expect((await read('accounts/22289/transactions?page=2')).status).toBe(200);
    });
  });

  describe('some time after the customer signed in', () => {
    it('nothing is shown any more, until they sign in again', async () => {
      const { bank, token, read } = await opened();
      bank.knobs.reauthentication = { afterMs: 5 * minuteMs, of: 'everything' };
      bank.advance(5 * minuteMs);
      expect((await read('accounts')).status).toBe(200);
      bank.advance(1);
      const refused = await read('accounts', present);
      expect({ status: refused.status, codes: refused.codes }).toEqual({
        status: 403,
        codes: [reauthenticate],
      });
      bank.state.authoriseConsent(token.replace('consent:', ''), { psu: 'alice', accountIds: ['22289'] });
      expect((await read('accounts')).status).toBe(200);
    });

    it('accounts, balances and ninety days of transactions are shown, and nothing else', async () => {
      const { bank, read } = await opened();
      bank.knobs.pageSize = 1000;
      bank.knobs.reauthentication = { afterMs: 5 * minuteMs, of: 'all-but-recent' };
      const oldest = async () =>
        (await read('accounts/22289/transactions')).body.Data.Transaction.at(-1).BookingDateTime;
      expect(Date.parse(await oldest())).toBeLessThan(start - 400 * dayMs);
      expect((await read('beneficiaries')).status).toBe(200);
      bank.advance(5 * minuteMs + 1);
      expect(Date.parse(await oldest())).toBeGreaterThan(start - 90 * dayMs);
      for (const path of ['accounts', 'accounts/22289', 'balances', 'transactions'])
        expect((await read(path)).status).toBe(200);
      for (const path of ['beneficiaries', 'accounts/22289/statements'])
        expect((await read(path)).codes).toEqual([reauthenticate]);
      const asked = (from: string) => read(`transactions?fromBookingDateTime=${from}`);
      expect((await asked('2026-11-01')).status).toBe(200);
      expect((await asked('2026-01-01')).codes).toEqual([reauthenticate]);
    });
  });
});
