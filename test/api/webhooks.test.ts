// Webhooks as callers see them: endpoints, their secrets, tests, and events told again.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';

const path = '/webhook-endpoints';
const Url = 'https://hooks.example/bank?token=1';

async function added(api: FakeApi, body: object = {}) {
  const { status, json, headers } = await api.send('POST', path, { body: { Url, ...body } });
  expect([status, json.code]).toEqual([201, undefined]);
  return { id: String(json.Id), json, headers };
}

const disable = (api: FakeApi, id: string) => {
  const stored = api.tables.webhooks.endpoints.get(id);
  if (stored === undefined) throw new Error('no such endpoint');
  const disabled = { status: 'disabled', disabledAt: testStart, disabledReason: 'failing' } as const;
  api.tables.webhooks.endpoints.set(id, { ...stored, ...disabled });
};

describe('an endpoint', () => {
  it('is created with a secret that is shown once, then read, listed and deleted', async () => {
    const api = fakeApi();
    const { id, json, headers } = await added(api, { Reference: 'r', Description: 'd' });
    const { Secret, ...members } = json;
    expect(Secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(headers.get('location')).toBe(`${path}/${id}`);
    expect(members).toEqual({
      ...{ Id: id, Created: testStart.toISOString(), Reference: 'r', Url, Description: 'd' },
      ...{ SignatureKind: 'hmac-sha256', Status: 'enabled' },
    });
    expect((await api.send('GET', `${path}/${id}`)).json).toEqual(members);
    expect((await api.send('GET', `${path}?reference=r`)).json).toEqual({ Data: [members] });
    expect((await api.send('DELETE', `${path}/${id}`)).status).toBe(200);
    expect((await api.send('GET', `${path}/${id}`)).json.code).toBe('not-found');
    expect(api.logLines.join()).not.toContain(String(Secret));
  });

  it('of a key pair shows its public half and no secret', async () => {
    const { json } = await added(fakeApi(), { SignatureKind: 'ed25519' });
    expect(json.PublicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    expect(json.Secret).toBeUndefined();
  });

  it('is the same one when the request is repeated under its key, and its secret is not shown again', async () => {
    const api = fakeApi();
    const request = { body: { Url }, headers: { 'x-idempotency-key': 'k' } };
    const first = await api.send('POST', path, request);
    const again = await api.send('POST', path, request);
    const { Secret, ...members } = first.json;
    expect(Secret).toBeDefined();
    expect([again.status, again.json]).toEqual([201, members]);
    const other = { ...request, body: { Url: 'https://other.example/' } };
    expect((await api.send('POST', path, other)).json.code).toBe('idempotency-key-reused');
  });

  it.each([
    ['http://hooks.example/', 'must begin with https://'],
    ['https://127.0.0.1/', 'leads to an address that is not public'],
    ['https://0x7f.1/', 'leads to an address that is not public'],
    ['https://[::ffff:169.254.169.254]/latest/meta-data', 'leads to an address that is not public'],
    ['https://user:secret@hooks.example/', 'must not hold a user name or password'],
    ['hooks.example', 'is not an absolute URL'],
  ])('is refused at %s, whether new or changed', async (bad, message) => {
    const api = fakeApi();
    const { id } = await added(api);
    for (const answer of [
      await api.send('POST', path, { body: { Url: bad } }),
      await api.send('PUT', `${path}/${id}`, { body: { Url: bad } }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([422, 'webhook-url-refused']);
      expect(answer.json.errors).toEqual({ Url: [message] });
    }
    expect(api.tables.webhooks.endpoints.get(id)?.url).toBe(Url);
  });

  it.each([
    [{ Url, EventTypes: ['payment.settled'] }, 'EventTypes[0]'],
    [{ Url, EventTypes: [] }, 'EventTypes'],
    [{ Url, EventType: ['payment.status-changed'] }, 'EventType'],
    [{ Url, SignatureKind: 'none' }, 'SignatureKind'],
    [{}, 'Url'],
  ])('is refused as %j', async (body, field) => {
    const { status, json } = await fakeApi().send('POST', path, { body });
    expect([status, json.code]).toEqual([400, 'validation-failed']);
    expect(Object.keys(json.errors ?? {})).toEqual([field]);
  });

  it('is changed in what is given, and a null means all events again', async () => {
    const api = fakeApi();
    const { id } = await added(api, { EventTypes: ['consent.status-changed'], Description: 'd' });
    const changed = async (body: object) => (await api.send('PUT', `${path}/${id}`, { body })).json;
    expect(await changed({ Url: 'https://new.example/' })).toMatchObject({
      ...{ Url: 'https://new.example/', EventTypes: ['consent.status-changed'], Description: 'd' },
    });
    const all = await changed({ EventTypes: null, Description: null });
    expect([all.EventTypes, all.Description, all.Url]).toEqual([
      undefined,
      undefined,
      'https://new.example/',
    ]);
    expect((await api.send('PUT', `${path}/${randomUUID()}`, { body: {} })).status).toBe(404);
  });

  it('gets a new secret, or a new key pair, which is shown once', async () => {
    const api = fakeApi();
    const { id, json: before } = await added(api);
    const { status, json } = await api.send('POST', `${path}/${id}/rotate-secret`);
    expect([status, json.Secret === before.Secret]).toEqual([200, false]);
    expect(json.Secret).toBe(api.tables.webhooks.secrets.get(id)?.secret);
    expect(json.PreviousSecretUntil).toBeDefined();
    expect((await api.send('GET', `${path}/${id}`)).json.Secret).toBeUndefined();
    const pair = await added(api, { SignatureKind: 'ed25519' });
    const rotated = (await api.send('POST', `${path}/${pair.id}/rotate-secret`)).json;
    expect([rotated.Secret, rotated.PreviousPublicKey]).toEqual([undefined, pair.json.PublicKey]);
    expect((await api.send('POST', `${path}/${randomUUID()}/rotate-secret`)).status).toBe(404);
  });

  it('that is disabled says why, is not tried out, and can be enabled', async () => {
    const api = fakeApi();
    const { id } = await added(api);
    disable(api, id);
    expect((await api.send('GET', `${path}/${id}`)).json).toMatchObject({
      ...{ Status: 'disabled', Disabled: testStart.toISOString(), DisabledReason: 'failing' },
    });
    const refused = await api.send('POST', `${path}/${id}/test`);
    expect([refused.status, refused.json.code]).toEqual([409, 'webhook-endpoint-disabled']);
    const enabled = await api.send('POST', `${path}/${id}/enable`);
    expect([enabled.status, enabled.json.Status, enabled.json.Disabled]).toEqual([200, 'enabled', undefined]);
    expect((await api.send('POST', `${path}/${id}/test`)).status).toBe(201);
    expect((await api.send('POST', `${path}/${randomUUID()}/enable`)).status).toBe(404);
  });

  it('tells how its deliveries went', async () => {
    const api = fakeApi();
    const { id } = await added(api);
    const eventId = randomUUID();
    api.tables.webhooks.deliveries.push({
      ...{
        id: randomUUID(),
        created: testStart,
        eventId,
        eventType: 'payment.status-changed',
        isReplay: false,
      },
      ...{ status: 'delivered', endedAt: testStart, endpointId: id },
      attempts: [
        { started: testStart, outcome: 'timeout', httpStatus: null, durationMs: 15_000 },
        { started: testStart, outcome: 'delivered', httpStatus: 200, durationMs: 3 },
      ],
    });
    const { json } = await api.send('GET', `${path}/${id}/deliveries`);
    const now = testStart.toISOString();
    expect(json).toEqual({
      Data: [
        {
          ...{
            Id: expect.any(String),
            Created: now,
            WebhookEventId: eventId,
            EventType: 'payment.status-changed',
          },
          ...{ IsReplay: false, Status: 'delivered', Ended: now },
          Attempts: [
            { Started: now, Outcome: 'timeout', DurationMs: 15_000 },
            { Started: now, Outcome: 'delivered', HttpStatus: 200, DurationMs: 3 },
          ],
        },
      ],
    });
    expect((await api.send('GET', `${path}/${randomUUID()}/deliveries`)).status).toBe(404);
  });
});

describe('an event', () => {
  it('is listed as it was sent, and by what it is about', async () => {
    const api = fakeApi();
    const { id } = await added(api);
    const { WebhookEventId } = (await api.send('POST', `${path}/${id}/test`)).json;
    const one = { Id: WebhookEventId, Type: 'webhook-endpoint.test', ResourceId: WebhookEventId };
    const { json } = await api.send('GET', '/webhook-events?type=webhook-endpoint.test');
    expect(json.Data).toMatchObject([{ ...one, Payload: { data: { WebhookEndpointId: id } } }]);
    expect((await api.send('GET', '/webhook-events?type=payment.status-changed')).json).toEqual({ Data: [] });
    expect((await api.send('GET', `/webhook-events?resourceId=${randomUUID()}`)).json).toEqual({ Data: [] });
    expect((await api.send('GET', '/webhook-events?type=other')).json.code).toBe('validation-failed');
  });

  it('is told again to all or to one, once for each request', async () => {
    const api = fakeApi();
    const [first, second] = [await added(api), await added(api)];
    const { WebhookEventId } = (await api.send('POST', `${path}/${first.id}/test`)).json;
    const replay = (options: object = {}) =>
      api.send('POST', `/webhook-events/${WebhookEventId}/replay`, options);
    const all = await replay();
    expect([all.status, all.json.Deliveries]).toMatchObject([
      201,
      [{ WebhookEndpointId: first.id }, { WebhookEndpointId: second.id }],
    ]);
    const named = { body: { WebhookEndpointId: second.id }, headers: { 'x-idempotency-key': 'k' } };
    const one = await replay(named);
    expect(one.json.Deliveries).toMatchObject([{ WebhookEndpointId: second.id }]);
    expect((await replay(named)).json).toEqual(one.json);
    disable(api, second.id);
    expect((await replay(named)).json.code).toBe('webhook-endpoint-disabled');
    expect((await replay({ body: { WebhookEndpointId: randomUUID() } })).json.code).toBe('not-found');
    expect((await api.send('POST', `/webhook-events/${randomUUID()}/replay`)).json.code).toBe('not-found');
  });
});
