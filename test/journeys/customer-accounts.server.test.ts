// A customer's accounts at two banks in one answer: one bank on each version, one account shown by both, one bank down.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import {
  addSoftwareStatement,
  type Consent,
  create,
  delegate,
  type Profile,
  register,
  startAuthorisation,
} from './customer-journeys.ts';
import { type House, openHouse } from './house.ts';

const present = { 'x-fapi-customer-ip-address': '192.0.2.7' };
const ask = (path: string) => house.ask('GET', path, undefined, present);

let house: House;
let consents: Record<Profile, Consent>;
beforeAll(async () => {
  house = await openHouse();
  const statementId = await addSoftwareStatement(house);
  consents = {
    Sandbox_Hybrid: await accessOf('Sandbox_Hybrid', statementId, 'alice', true),
    // What is a joint account at the one bank is shown by the other as well, to its other holder.
    Sandbox_Jarm: await accessOf('Sandbox_Jarm', statementId, 'bob', false),
  };
});
afterAll(() => house.close());

async function accessOf(profile: Profile, statementId: string, psu: string, AispUseV4: boolean) {
  const registration = await register(house, profile, statementId, { AispUseV4 });
  const { Id, ExternalApiId } = await create(house, '/aisp/account-access-consents', {
    BankRegistrationId: registration.Id,
    TemplateRequest: { Type: 'MaximumPermissions' },
    Reference: 'customer-7',
  });
  const consent = { id: Id, externalApiId: ExternalApiId };
  const { AuthUrl } = await startAuthorisation(house, 'account-access', consent);
  const answer = await delegate(house, redirectForm(await house.authorise(AuthUrl, { psu })));
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
  return consent;
}

type Told = { Id: string; BankProfile: Profile; ExternalApiAccountId: string };
const toldBy = (accounts: Told[], profile: Profile) =>
  accounts.filter(({ BankProfile }) => BankProfile === profile).map((each) => each.ExternalApiAccountId);

it('tells the accounts of both banks, each once, in the words of version 4', async () => {
  const { status, body } = await ask('/accounts?reference=customer-7');
  expect([status, body.LeftOut, body.Warnings]).toEqual([200, [], undefined]);
  expect(new Set(toldBy(body.Data, 'Sandbox_Hybrid'))).toEqual(new Set(['22289', '31820', '41101', '51977']));
  // The joint account by the consent that was authorised last.
  expect(new Set(toldBy(body.Data, 'Sandbox_Jarm'))).toEqual(new Set(['23345', '60412']));
  const main = body.Data.find((each: Told) => each.ExternalApiAccountId === '23345');
  expect(main).toMatchObject({
    AccountAccessConsentId: consents.Sandbox_Jarm.id,
    Account: { AccountTypeCode: 'CACC', AccountCategory: 'Personal' },
  });
});

it('tells the transactions of an account, newest first, as many as its bank has in that time', async () => {
  const { body } = await ask('/accounts?reference=customer-7');
  const everyday = body.Data.find((each: Told) => each.ExternalApiAccountId === '22289');
  const path = `/accounts/${everyday.Id}/transactions?reference=customer-7`;
  const all = await ask(path);
  expect([all.status, all.body.Warnings]).toEqual([200, undefined]);
  const times = all.body.Data.map((each: Record<string, string>) => Date.parse(each.BookingDateTime ?? ''));
  expect(times).toEqual(times.toSorted((one: number, other: number) => other - one));
  expect(new Set(all.body.Data.map((each: Record<string, string>) => each.TransactionId)).size).toBe(
    times.length,
  );
  const middle = new Date(times[Math.floor(times.length / 2)]).toISOString().slice(0, 19);
  const later = await ask(`${path}&fromBookingDateTime=${middle}`);
  expect(later.body.Data.length).toBeLessThan(times.length);
  expect(later.body.Data).toEqual(all.body.Data.slice(0, later.body.Data.length));
});

it('tells what the other bank has when one of them is down, and names it', async () => {
  const fault = { kind: 'status', status: 503 };
  await house.control('POST', '/faults', { bank: 'jarm', operation: 'GET /accounts', fault });
  const { status, body } = await ask('/accounts?reference=customer-7');
  await house.control('DELETE', '/faults');
  expect(status).toBe(200);
  // The joint account is told by the bank that is left.
  expect(new Set(toldBy(body.Data, 'Sandbox_Hybrid'))).toEqual(
    new Set(['22289', '31820', '41101', '51977', '60412']),
  );
  expect(body.LeftOut).toMatchObject([
    {
      ...{ BankProfile: 'Sandbox_Jarm', AccountAccessConsentId: consents.Sandbox_Jarm.id },
      Problem: { code: 'bank-unavailable' },
    },
  ]);
});

it('tells no more of a bank whose consent has been deleted', async () => {
  const deleted = await house.ask('DELETE', `/aisp/account-access-consents/${consents.Sandbox_Jarm.id}`);
  expect(deleted.status).toBe(200);
  const { body } = await ask('/accounts?reference=customer-7');
  expect([toldBy(body.Data, 'Sandbox_Jarm'), body.LeftOut]).toEqual([[], []]);
  expect((await ask('/accounts?reference=somebody-else')).body.Data).toEqual([]);
});
