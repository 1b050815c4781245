// What is known of an account beside balances and transactions: payees, mandates, products, offers and people.
import { describe, expect, it } from 'vitest';
import { bankAccounts } from '../../sandbox-bank/data/accounts.ts';
import { beneficiariesOf } from '../../sandbox-bank/data/beneficiaries.ts';
import { directDebitsOf } from '../../sandbox-bank/data/direct-debits.ts';
import { access, openBank, origin, start, type Version } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const alices = ['22289', '31820', '41101', '51977', '60412'];

interface Resource {
  member: string;
  ofOne: string;
  ofAll: string;
  permissions: string[];
  /** How many the accounts of alice have, and the everyday one alone. */
  all: number;
  one: number;
  /** Opens the creditor too. */
  detailPermissions?: string[];
}

const creditor = ['CreditorAgent', 'CreditorAccount'];
const resources: Resource[] = [
  {
    ...{ member: 'Beneficiary', ofOne: 'beneficiaries', ofAll: 'beneficiaries', all: 8, one: 5 },
    permissions: ['ReadBeneficiariesBasic'],
    detailPermissions: ['ReadBeneficiariesDetail'],
  },
  {
    ...{ member: 'DirectDebit', ofOne: 'direct-debits', ofAll: 'direct-debits', all: 9, one: 6 },
    permissions: ['ReadDirectDebits'],
  },
  {
    ...{ member: 'StandingOrder', ofOne: 'standing-orders', ofAll: 'standing-orders', all: 5, one: 4 },
    permissions: ['ReadStandingOrdersBasic'],
    detailPermissions: ['ReadStandingOrdersDetail'],
  },
  {
    ...{
      member: 'ScheduledPayment',
      ofOne: 'scheduled-payments',
      ofAll: 'scheduled-payments',
      all: 3,
      one: 2,
    },
    permissions: ['ReadScheduledPaymentsBasic'],
    detailPermissions: ['ReadScheduledPaymentsDetail'],
  },
  {
    ...{ member: 'Product', ofOne: 'product', ofAll: 'products', all: 5, one: 1 },
    permissions: ['ReadProducts'],
  },
  { ...{ member: 'Offer', ofOne: 'offers', ofAll: 'offers', all: 4, one: 1 }, permissions: ['ReadOffers'] },
];

const detailed = resources.flatMap(({ detailPermissions, ...one }) =>
  detailPermissions === undefined ? [] : [{ ...one, detailPermissions }],
);

describe.each(versions)('%s', (version) => {
  const bank = openBank();
  const sharing = (permissions: string[], accountIds = alices) =>
    access(bank, version, accountIds, { Permissions: ['ReadAccountsBasic', ...permissions] });
  const at = (path: string) => `/${version}/aisp/${path}`;

  describe.each(resources)('$ofAll', ({ member, ofOne, ofAll, permissions, all, one }) => {
    it('come for one account and for all', async () => {
      const token = await sharing(permissions);
      const ofAccount = await bank.ask('GET', at(`accounts/22289/${ofOne}`), { token });
      const ofEvery = await bank.ask('GET', at(ofAll), { token });
      expect(ofAccount.body.Data[member]).toHaveLength(one);
      expect(ofEvery.body.Data[member]).toHaveLength(all);
      expect(ofEvery.body.Data[member].slice(0, one)).toEqual(ofAccount.body.Data[member]);
      expect(ofAccount.body.Meta).toEqual({ TotalPages: 1 });
      expect(ofAccount.body.Links).toMatchObject({ Self: `${origin}${at(`accounts/22289/${ofOne}`)}` });
    });

    it('stay closed without the permission, outside the consent and for accounts that nobody has', async () => {
      const without = await sharing(['ReadBalances']);
      expect((await bank.ask('GET', at(`accounts/22289/${ofOne}`), { token: without })).status).toBe(403);
      expect((await bank.ask('GET', at(ofAll), { token: without })).status).toBe(403);
      const token = await sharing(permissions, ['22289']);
      expect((await bank.ask('GET', at(`accounts/31820/${ofOne}`), { token })).status).toBe(403);
      const unknown = await bank.ask('GET', at(`accounts/none/${ofOne}`), { token });
      expect(unknown.status).toBe(400);
      expect(unknown.codes).toEqual([version === 'v4.0' ? 'U011' : 'UK.OBIE.Resource.NotFound']);
    });

    it('come in pages that miss nothing', async () => {
      const token = await sharing(permissions);
      const whole = (await bank.ask('GET', at(ofAll), { token })).body.Data[member];
      bank.knobs.pageSize = 2;
      const seen: object[] = [];
      let next: string | undefined = `${origin}${at(ofAll)}`;
      while (next !== undefined) {
        const { body } = await bank.ask('GET', next.replace(origin, ''), { token });
        expect(body.Meta.TotalPages).toBe(Math.ceil(all / 2));
        seen.push(...body.Data[member]);
        next = body.Links.Next;
      }
      bank.knobs.pageSize = 100;
      expect(seen).toEqual(whole);
    });
  });

  describe.each(detailed)('$ofAll', ({ member, ofAll, permissions, detailPermissions }) => {
    it('name the creditor with Detail only', async () => {
      const basic = await bank.ask('GET', at(ofAll), { token: await sharing(permissions) });
      const token = await sharing(detailPermissions);
      const detailed = await bank.ask('GET', at(ofAll), { token });
      for (const name of creditor) {
        expect(JSON.stringify(basic.body)).not.toContain(`"${name}"`);
        expect(JSON.stringify(detailed.body)).toContain(`"${name}"`);
      }
    });

    it('mask card numbers without ReadPAN', async () => {
      const numbers = async (...more: string[]) => {
        const token = await sharing([...detailPermissions, ...more]);
        const { body } = await bank.ask('GET', at(ofAll), { token });
        return body.Data[member]
          .map(({ CreditorAccount }: { CreditorAccount: Record<string, string> }) => CreditorAccount)
          .filter(({ SchemeName }: { SchemeName: string }) => SchemeName === 'UK.OBIE.PAN')
          .map(({ Identification }: { Identification: string }) => Identification);
      };
      const masked = await numbers();
      expect(masked).toHaveLength(1);
      expect(masked[0]).toMatch(/^\*{4} \*{4} \*{4} \d{4}$/);
      expect((await numbers('ReadPAN'))[0]).toMatch(/^\d{16}$/);
    });
  });

  it('answers an empty list where an account has nothing', async () => {
    const token = await sharing(['ReadBeneficiariesBasic', 'ReadDirectDebits', 'ReadOffers']);
    for (const [path, member] of [
      ['accounts/31820/beneficiaries', 'Beneficiary'],
      ['accounts/51977/direct-debits', 'DirectDebit'],
      ['accounts/60412/offers', 'Offer'],
    ] as const) {
      const { status, body } = await bank.ask('GET', at(path), { token });
      expect({ status, list: body.Data[member] }).toEqual({ status: 200, list: [] });
    }
  });

  it('takes the last payment of a mandate from the transactions', async () => {
    const token = await sharing(['ReadDirectDebits', 'ReadStandingOrdersBasic']);
    const debits = (await bank.ask('GET', at('accounts/22289/direct-debits'), { token })).body.Data
      .DirectDebit;
    const council = debits.find(({ Name }: { Name: string }) => Name === 'CASTLE COUNCIL');
    expect(council.PreviousPaymentDateTime).toMatch(/^2026-11-14T/);
    expect(council.PreviousPaymentAmount).toEqual({ Amount: '142.00', Currency: 'GBP' });
    const orders = (await bank.ask('GET', at('accounts/22289/standing-orders'), { token })).body.Data
      .StandingOrder;
    expect(orders[0].LastPaymentDateTime).toMatch(/^2026-11-01T/);
    expect(orders[0].NextPaymentDateTime).toBe('2026-12-01T06:00:00.000Z');
    expect('NextPaymentDateTime' in orders[2]).toBe(false);
  });

  it('spells mandates and schedules as the version does', async () => {
    const token = await sharing(['ReadDirectDebits', 'ReadStandingOrdersBasic']);
    const debits = (await bank.ask('GET', at('accounts/22289/direct-debits'), { token })).body.Data
      .DirectDebit;
    const orders = (await bank.ask('GET', at('accounts/22289/standing-orders'), { token })).body.Data
      .StandingOrder;
    if (version === 'v4.0') {
      expect(debits[0].MandateRelatedInformation).toMatchObject({
        MandateIdentification: 'RE 4410 2291',
        Frequency: { Type: 'MNTH' },
      });
      expect(orders[0].MandateRelatedInformation.Frequency).toEqual({ Type: 'MNTH', PointInTime: '01' });
      expect(orders.map((one: Record<string, string>) => one.StandingOrderStatusCode)).toEqual([
        'ACTV',
        'ACTV',
        'CANC',
        'SUSP',
      ]);
    } else {
      expect(debits[0]).toMatchObject({
        MandateIdentification: 'RE 4410 2291',
        Frequency: 'UK.OBIE.Monthly',
      });
      expect(orders.map((one: Record<string, string>) => one.Frequency)).toEqual([
        'IntrvlMnthDay:01:01',
        'IntrvlMnthDay:01:02',
        'IntrvlWkDay:01:03',
        'IntrvlMnthDay:03:15',
      ]);
      expect(orders.map((one: Record<string, string>) => one.StandingOrderStatusCode)).toEqual([
        'Active',
        'Active',
        'Inactive',
        'Inactive',
      ]);
    }
  });

  it('keeps scheduled payments ahead of the clock', async () => {
    const ahead = openBank();
    const token = await access(ahead, version, ['22289'], {
      Permissions: ['ReadAccountsBasic', 'ReadScheduledPaymentsBasic'],
    });
    const dates = async () => {
      const { body } = await ahead.ask('GET', at('scheduled-payments'), { token });
      return body.Data.ScheduledPayment.map((one: Record<string, string>) => one.ScheduledPaymentDateTime);
    };
    expect(await dates()).toEqual(['2026-12-17T06:00:00.000Z', '2026-11-22T06:00:00.000Z']);
    ahead.advance(Date.parse('2026-12-20T00:00:00Z') - start);
    expect(await dates()).toEqual(['2027-01-17T06:00:00.000Z', '2026-12-22T06:00:00.000Z']);
  });

  it('has the product of every kind of account, as published', async () => {
    for (const accountId of ['22289', '31820', '41101', '51977', '70001', '80001']) {
      const token = await sharing(['ReadProducts'], [accountId]);
      const { body } = await bank.ask('GET', at(`accounts/${accountId}/product`), { token });
      expect(body.Data.Product).toHaveLength(1);
    }
  });

  it('tells who signed in, who holds an account and who else belongs to it', async () => {
    const token = await sharing(['ReadParty', 'ReadPartyPSU']);
    const who = await bank.ask('GET', at('party'), { token });
    expect(who.body.Data.Party).toMatchObject({ PartyId: 'PTY-000117', Name: 'Alice Hart' });
    expect('Relationships' in who.body.Data.Party).toBe(false);
    const holder = await bank.ask('GET', at('accounts/60412/party'), { token });
    expect(holder.body.Data.Party).toMatchObject({
      PartyId: 'PTY-000117',
      PartyType: 'Joint',
      Relationships: { Account: { Related: `${origin}${at('accounts/60412')}`, Id: '60412' } },
    });
    const all = await bank.ask('GET', at('accounts/60412/parties'), { token });
    expect(all.body.Data.Party.map(({ Name }: { Name: string }) => Name)).toEqual([
      'Alice Hart',
      'Bob Okoro',
    ]);
    const types = all.body.Data.Party[1].Address.map((one: Record<string, string>) => one.AddressType);
    expect(types).toEqual(version === 'v4.0' ? ['HOME', 'CORR'] : ['Residential', 'Correspondence']);
  });

  it('keeps the customer and the parties of an account apart by permission', async () => {
    const psu = await sharing(['ReadPartyPSU']);
    const party = await sharing(['ReadParty']);
    expect((await bank.ask('GET', at('party'), { token: party })).status).toBe(403);
    expect((await bank.ask('GET', at('party'), { token: psu })).status).toBe(200);
    for (const path of ['accounts/22289/party', 'accounts/22289/parties']) {
      expect((await bank.ask('GET', at(path), { token: psu })).status).toBe(403);
      expect((await bank.ask('GET', at(path), { token: party })).status).toBe(200);
      expect((await bank.ask('GET', at(path.replace('22289', 'none')), { token: party })).status).toBe(400);
    }
  });

  it('has people and a company behind a business account', async () => {
    const token = await sharing(['ReadParty', 'ReadPartyPSU'], ['70001']);
    expect((await bank.ask('GET', at('party'), { token })).body.Data.Party.Name).toBe('Jo Marsh');
    const { body } = await bank.ask('GET', at('accounts/70001/parties'), { token });
    expect(body.Data.Party[0].Name).toBe('ACME TRADING LTD');
    expect('LEI' in body.Data.Party[0]).toBe(version === 'v4.0');
  });

  it('serves every account of every customer as published', async () => {
    const permissions = resources.flatMap((one) => one.detailPermissions ?? one.permissions);
    for (const account of bankAccounts) {
      const token = await sharing([...permissions, 'ReadPAN'], [account.accountId]);
      const read = async (path: string) =>
        (await bank.ask('GET', at(`accounts/${account.accountId}/${path}`), { token })).body.Data;
      expect((await read('beneficiaries')).Beneficiary).toHaveLength(beneficiariesOf(account).length);
      expect((await read('direct-debits')).DirectDebit).toHaveLength(directDebitsOf(account).length);
      await read('standing-orders');
      await read('scheduled-payments');
    }
  });
});
