// Pots: served by banks that have them and by nobody else, without names where the consent shows the basics only.
import { expect, it } from 'vitest';
import { access, openBank } from './resources-bank.ts';

const path = '/v3.1/aisp/pots';

it('are unknown at a bank that has none', async () => {
  const bank = openBank();
  const token = await access(bank, 'v3.1');
  expect((await bank.ask('GET', path, { token, unpublished: true })).status).toBe(404);
});

it('are told of the shared accounts, but for those that were closed', async () => {
  const bank = openBank({ choices: { pots: true } });
  const token = await access(bank, 'v3.1', ['22289', '31820', '60412']);
  const { status, body } = await bank.ask('GET', path, { token, unpublished: true });
  expect(status).toBe(200);
  expect(body.Data.Pot.map(({ Name }: { Name: string }) => Name)).toEqual([
    'Bicycle',
    'One day',
    'Presents',
    'Roof',
  ]);
  expect(body.Data.Pot[0]).toEqual({
    PotId: 'pot_0000222891',
    AccountId: '22289',
    Name: 'Bicycle',
    Type: 'default',
    CreditDebitIndicator: 'Credit',
    Balance: { Amount: '312.4000', Currency: 'GBP' },
    Style: 'cassette',
    Goal: { Amount: '900.0000', Currency: 'GBP' },
    Created: '2024-03-11T08:20:41.118Z',
    Updated: '2026-10-02T17:05:09.630Z',
    Status: 'Open',
  });
  expect(body.Data.Pot[1]).toMatchObject({ LockType: 'until_date', LockedUntil: '2027-04-06T00:00:00.000Z' });
  expect(body.Meta).toEqual({ TotalPages: 1 });
});

it('have no names for whoever may read the basics only', async () => {
  const bank = openBank({ choices: { pots: true } });
  const token = await access(bank, 'v3.1', ['22289'], { Permissions: ['ReadAccountsBasic'] });
  const { body } = await bank.ask('GET', path, { token, unpublished: true });
  expect(body.Data.Pot).toHaveLength(3);
  expect(JSON.stringify(body)).not.toMatch(/Name|ImageUrl/);
});
