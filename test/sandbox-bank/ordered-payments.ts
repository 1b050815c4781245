// Payments of any family at a bank without sockets: agreed to by alice, ordered, and followed.
import { expect } from 'vitest';
import type { FamilyFacts } from '../../sandbox-bank/resources/payment-families.ts';
import { consentRequestOf, orderOf, type Version } from './payment-requests.ts';
import { type Bank, newKey } from './resources-bank.ts';

export interface Case extends FamilyFacts {
  version: Version;
}

export interface Changes {
  initiation?: Record<string, unknown>;
  data?: object;
}

export const codeOf = (version: Version, code: string, oldName: string) =>
  version === 'v4.0' ? code : `UK.OBIE.${oldName}`;

export const urlOf = ({ version }: Case, path: string) => `/${version}/pisp${path}`;

/** A consent that is asked for, whatever comes of it. */
export async function askConsent(bank: Bank, one: Case, { initiation = {}, data = {} }: Changes = {}) {
  const request = consentRequestOf(one.family, one.version, initiation, data);
  const asked = { token: 'client', key: newKey(), body: request };
  return { request, answer: await bank.ask('POST', urlOf(one, one.consents), asked) };
}

export async function agreed(bank: Bank, one: Case, changes: Changes = {}) {
  const { request, answer } = await askConsent(bank, one, changes);
  expect([answer.status, answer.codes]).toEqual([201, []]);
  const consentId: string = answer.body.Data.ConsentId;
  bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] });
  const order = orderOf(consentId, request);
  return { consentId, token: `consent:${consentId}`, order, request, consent: answer.body.Data };
}

export async function ordered(bank: Bank, one: Case, changes: Changes = {}) {
  const { consentId, token, order } = await agreed(bank, one, changes);
  const asked = { token, key: newKey(), body: order };
  const { status, body } = await bank.ask('POST', urlOf(one, one.orders), asked);
  expect(status).toBe(201);
  return { consentId, data: body.Data, id: String(body.Data[one.idMember]), asked };
}

export async function readOrder(bank: Bank, one: Case, id: string) {
  const { body } = await bank.ask('GET', urlOf(one, `${one.orders}/${id}`), { token: 'client' });
  return body.Data;
}

export async function readDetails(bank: Bank, one: Case, id: string) {
  const path = urlOf(one, `${one.orders}/${id}/payment-details`);
  return (await bank.ask('GET', path, { token: 'client' })).body.Data.PaymentStatus;
}

/** Statuses as they are seen after so many milliseconds each. */
export async function seen(bank: Bank, one: Case, id: string, waits: number[]): Promise<string[]> {
  const statuses: string[] = [];
  for (const ms of waits) {
    bank.advance(ms);
    statuses.push((await readOrder(bank, one, id)).Status);
  }
  return statuses;
}
