// Orders of every family at the sandbox bank, which shares no code with the translation: asked for in v4.0, once as it is and
// once translated for v3.1, they are made alike, and what the bank says of them in v3.1, translated, is what it says in v4.0.
import { describe, expect, it } from 'vitest';
import { allPaymentFamilies, type FamilyFacts } from '../../../sandbox-bank/resources/payment-families.ts';
import { paymentFamilyFacts } from '../../../standards/uk-open-banking/payment-families.ts';
import {
  requestToVersion3,
  responseToVersion4,
} from '../../../standards/uk-open-banking/translation/index.ts';
import { fileConsentOf, xmlFile } from '../../sandbox-bank/payment-files.ts';
import { consentRequestOf, orderOf } from '../../sandbox-bank/payment-requests.ts';
import { type Asked, newKey, openBank, type Version } from '../../sandbox-bank/resources-bank.ts';

const file = xmlFile();
const reference = {
  RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Reference: 'RENT-7' } }] },
};

/** In v4.0, with what has another form in v3.1. */
function requestOf({ family, isInternational }: FamilyFacts) {
  if (family === 'file-payment') return fileConsentOf('v4.0', file, reference);
  const abroad = {
    Creditor: { Name: 'Atelier Lune', PostalAddress: { AddressType: 'BIZZ', Country: 'FR' } },
  };
  const changes = { ...reference, ...(isInternational ? abroad : {}) };
  return consentRequestOf(family, 'v4.0', changes, { ReadRefundAccount: 'Yes' });
}

/** Everything that the bank says of an order, in the words of v4.0. */
async function life(version: Version, facts: FamilyFacts) {
  const { family, consents, orders, idMember, confirmsFunds } = facts;
  const { name } = paymentFamilyFacts[family];
  const bank = openBank();
  const heard: unknown[] = [];
  async function ask(operation: string, path: string, asked: Asked) {
    const isOld = version === 'v3.1';
    const sent = isOld && asked.body !== undefined ? requestToVersion3(operation, asked.body) : asked.body;
    const method = operation.startsWith('get') ? 'GET' : 'POST';
    const { status, body } = await bank.ask(method, `/${version}/pisp${path}`, { ...asked, body: sent });
    expect([operation, status]).toEqual([operation, method === 'GET' ? 200 : 201]);
    const answer = isOld ? responseToVersion4(operation, body) : { body, unknownCodes: [] };
    expect(answer.unknownCodes).toEqual([]);
    heard.push(comparable(answer.body));
    return body;
  }

  const token = 'client';
  const request = requestOf(facts);
  const consent = await ask(`create${name}Consent`, consents, { token, key: newKey(), body: request });
  const consentId: string = consent.Data.ConsentId;
  if (family === 'file-payment') {
    const headers = { 'content-type': file.contentType };
    const signature = { cty: file.contentType };
    const upload = { token, key: newKey(), raw: file.text, headers, signature };
    const { status } = await bank.ask('POST', `/${version}/pisp${consents}/${consentId}/file`, upload);
    expect(status).toBe(200);
  }
  bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] });
  await ask(`get${name}Consent`, `${consents}/${consentId}`, { token });
  const given = { token: `consent:${consentId}` };
  if (confirmsFunds)
    await ask(`get${name}FundsConfirmation`, `${consents}/${consentId}/funds-confirmation`, given);
  const order = await ask(`create${name}`, orders, {
    ...given,
    ...{ key: newKey(), body: orderOf(consentId, request) },
  });
  const path = `${orders}/${order.Data[idMember]}`;
  bank.advance(60_000);
  await ask(`get${name}`, path, { token });
  await ask(`get${name}Details`, `${path}/payment-details`, { token });
  return heard;
}

/** Less what differs between two banks, and what the versions say apart. */
function comparable(body: unknown): unknown {
  const text = JSON.stringify(body)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an-id')
    .replace(/\/v3\.1\//g, '/v4.0/');
  return JSON.parse(text, (name, value: unknown) => {
    // The originals, and when it came to a state that v3.1 has no name for.
    if (name.startsWith('V3') || name === 'StatusUpdateDateTime') return undefined;
    // Received is pending in v3.1.
    return name === 'Status' && value === 'RCVD' ? 'PDNG' : value;
  });
}

/** v3.1 says that a scheduled payment is in place, v4.0 waits with it until its day. */
function withoutInitiated(heard: unknown[]): unknown[] {
  return JSON.parse(JSON.stringify(heard).replaceAll('"Status":"INCO"', '"Status":"PDNG"'));
}

describe.each(allPaymentFamilies)('$family', (facts) => {
  it('is the same order in either version', async () => {
    const [old, current] = [await life('v3.1', facts), await life('v4.0', facts)];
    expect(old.length).toBe(facts.confirmsFunds ? 6 : 5);
    if (facts.execution !== 'scheduled') return expect(old).toEqual(current);
    expect(JSON.stringify(old)).toContain('"Status":"INCO"');
    expect(withoutInitiated(old)).toEqual(current);
  });
});
