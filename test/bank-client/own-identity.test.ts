// Certificates on days on which they must not be used: refused by their names before anything leaves.
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest, Transport } from '../../bank-client/http.ts';
import { type OwnIdentity, type OwnRecords, readOwnIdentity } from '../../bank-client/own-identity.ts';
import { createTokenEndpoint } from '../../bank-client/token-endpoint.ts';
import { issueCertificate, type TestCertificate } from '../api/certificates.ts';
import { testStart } from '../api/fake-records.ts';

const dayMs = 24 * 60 * 60 * 1000;
const time = { nowMs: 0 };
const clock = { nowMs: () => time.nowMs, now: () => new Date(time.nowMs) };
const onDay = (day: number) => {
  time.nowMs = testStart.getTime() + day * dayMs;
};

/** Until day 9 and until day 99. */
let short: TestCertificate;
let long: TestCertificate;

beforeAll(async () => {
  [short, long] = await Promise.all([issueCertificate(10), issueCertificate(100)]);
});

const softwareStatement = { organisationId: 'o', softwareId: 's', sandboxEnvironment: true };
const keys = () => ({ short: short.key, long: long.key });

function identityOf(
  obWac: 'short' | 'long',
  obSeal: 'short' | 'long',
  change: (pem: string) => string = String,
) {
  const certificates = { short: short.certificate, long: long.certificate };
  const records: OwnRecords = {
    softwareStatement,
    obWacCertificate: {
      ...{ id: 'wac-1', associatedKey: { source: 'File', name: obWac } },
      certificate: change(certificates[obWac]),
    },
    obSealCertificate: {
      ...{ id: 'seal-1', associatedKey: { source: 'File', name: obSeal }, associatedKeyId: 'kid' },
      certificate: change(certificates[obSeal]),
    },
  };
  const read = async ({ name }: { name: string }) => change(name === 'short' ? keys().short : keys().long);
  return readOwnIdentity(records, read, clock);
}

/** One request for a token, and what has left by then. */
async function tokenRequest(identity: OwnIdentity, tokenEndpointAuthMethod = 'private_key_jwt') {
  const sent: HttpRequest[] = [];
  const answer: HttpAnswer = { method: 'POST', url: '', status: 200, headers: {}, body: Buffer.from('{}') };
  const transport: Transport = {
    send: async (request) => {
      sent.push(request);
      return answer;
    },
    open: () => Promise.reject(new Error('not expected')),
    toBank: () => transport,
    retire: () => {},
    close: async () => {},
  };
  const client = { clientId: 'c', tokenEndpointAuthMethod };
  const endpoint = createTokenEndpoint({ transport, clock }, identity, client, 'https://bank.example/token');
  const outcome = await endpoint.ask({ grant_type: 'client_credentials' }, { once: false }).then(
    () => 'sent',
    (error) => error,
  );
  return { outcome, sent };
}

const refusal = (name: string, wrong: string) => ({
  ...{ name: 'BankError', kind: 'certificate-out-of-date', sent: 'not-sent' },
  message: `The ${name} ${wrong}.`,
});

describe('a call', () => {
  it('is made while both certificates are in date', async () => {
    const identity = await identityOf('short', 'long');
    onDay(8.9);
    const { outcome, sent } = await tokenRequest(identity);
    expect([outcome, sent.length]).toEqual(['sent', 1]);
    expect(sent[0]?.identity?.certificate).toBe(short.certificate);
  });

  it.each([
    ['short', 'long', 9, 'OBWAC certificate wac-1', 'ended on 2026-11-29T12:00:00.000Z'],
    ['short', 'long', -1.1, 'OBWAC certificate wac-1', 'is not valid before 2026-11-19T12:00:00.000Z'],
    ['long', 'short', 9, 'OBSeal certificate seal-1', 'ended on 2026-11-29T12:00:00.000Z'],
  ] as const)(
    'with %s transport and %s signing certificate on day %d does not leave',
    async (wac, seal, day, name, wrong) => {
      const identity = await identityOf(wac, seal);
      onDay(day);
      // The signature is made first, so that an early day is the transport certificate's to refuse only without one.
      const method = wac === 'short' ? 'tls_client_auth' : 'private_key_jwt';
      const { outcome, sent } = await tokenRequest(identity, method);
      expect(outcome).toMatchObject(refusal(name, wrong));
      expect(sent).toEqual([]);
    },
  );

  it('that needs no signature is made though the signing certificate has ended', async () => {
    const identity = await identityOf('long', 'short');
    onDay(9);
    expect((await tokenRequest(identity, 'tls_client_auth')).outcome).toBe('sent');
  });

  it('is refused from the very millisecond on, by an identity that was read long before', async () => {
    const identity = await identityOf('short', 'long');
    onDay(9);
    time.nowMs -= 1;
    expect((await tokenRequest(identity)).outcome).toBe('sent');
    time.nowMs += 1;
    expect((await tokenRequest(identity)).sent).toEqual([]);
  });
});

it('certificates and keys whose line ends are written as \\n are read as they are meant', async () => {
  onDay(1);
  const identity = await identityOf('long', 'long', (pem) => pem.replaceAll('\n', '\\n'));
  expect(identity.transport).toMatchObject({ certificate: long.certificate, key: long.key });
  expect((await tokenRequest(identity)).outcome).toBe('sent');
});
