// What holds for every request: ids, limits, logs, health, the reference page.
import { describe, expect, it } from 'vitest';
import { fakeApi } from './fake-api.ts';

const path = '/manage/software-statements';

describe('every request', () => {
  it('keeps the correlation id of its caller, in the answer and in the log', async () => {
    const { send, logLines } = fakeApi();
    const id = '6f2d3c5e-63a4-4f0f-9a35-0c9b5f8c1a11';
    const { headers } = await send('GET', path, { headers: { 'x-correlation-id': id } });
    expect(headers.get('x-correlation-id')).toBe(id);
    expect(logLines.join()).toContain(id);
  });

  it('gets a new correlation id when its own is no UUID', async () => {
    const { send } = fakeApi();
    const { headers } = await send('GET', path, { headers: { 'x-correlation-id': 'x"y' } });
    expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is logged and measured by its route, without ids, query and headers', async () => {
    const { send, logLines, deps } = fakeApi();
    const id = '6f2d3c5e-63a4-4f0f-9a35-0c9b5f8c1a11';
    await send('GET', `${path}/${id}?query=secret`, { headers: { authorization: 'Bearer secret' } });
    const line = JSON.parse(logLines.find((text) => text.includes('"request"')) ?? '{}');
    expect(line).toMatchObject({ method: 'GET', route: `${path}/:softwareStatementId`, status: 404 });
    expect(logLines.join()).not.toContain('secret');
    const metrics = await deps.metrics.registry.metrics();
    expect(metrics).toContain(`route="${path}/:softwareStatementId",status="404"`);
    expect(metrics).not.toContain(id);
  });

  it('to no operation is answered 404 and logged without its path', async () => {
    const { send, logLines } = fakeApi();
    const { status, json } = await send('GET', '/manage/secret-path');
    expect([status, json.code]).toEqual([404, 'route-not-found']);
    expect(logLines.join()).not.toContain('secret-path');
  });

  it.each(['GET', 'DELETE'])('%s of an object whose id is no UUID is answered 404', async (method) => {
    const { status, json } = await fakeApi().send(method, `${path}/not-a-uuid`);
    expect([status, json.code]).toEqual([404, 'not-found']);
  });

  it('with a body that is not JSON is answered 400 and its body is not repeated', async () => {
    const { send, logLines } = fakeApi();
    const { status, json, text } = await send('POST', path, { body: '{"OrganisationId": secret' });
    expect([status, json.code]).toEqual([400, 'malformed-json']);
    expect(text + logLines.join()).not.toContain('secret');
  });

  it('with a null character is answered 400, or 404 in a path', async () => {
    const { send } = fakeApi();
    const nothing = await send('POST', path, { body: { Reference: 'a\0b' } });
    expect([nothing.status, nothing.json.errors]).toEqual([400, { $: [expect.any(String)] }]);
    const written = await send('POST', path, { body: { Reference: 'a\\u0000b' } });
    expect(Object.keys(written.json.errors ?? {})).not.toContain('$');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send('POST', '/auth/redirect-delegate', { body: 'state=%00', headers })).status).toBe(400);
    expect((await send('GET', '/pisp/domestic-payments/%00')).status).toBe(404);
  });

  it('without a body where one is needed is answered 400', async () => {
    expect((await fakeApi().send('POST', path)).json.code).toBe('malformed-json');
  });

  it('names every field that does not fit, and each header', async () => {
    const { send } = fakeApi();
    const { status, json } = await send('POST', path, {
      body: { OrganisationId: ' ', DefaultObWacCertificateId: 'x', DefaultQueryRedirectUrl: 5 },
    });
    expect([status, json.code]).toEqual([400, 'validation-failed']);
    expect(json.errors).toMatchObject({
      OrganisationId: ['must not be blank'],
      SoftwareId: ['is missing'],
      DefaultObWacCertificateId: ['must be a UUID'],
      DefaultQueryRedirectUrl: ['must be of type string'],
    });
    const keyed = await send('POST', path, { body: {}, headers: { 'x-idempotency-key': 'k'.repeat(41) } });
    expect(keyed.json.errors).toEqual({ 'x-idempotency-key': [expect.any(String)] });
  });

  it('with a body that is too large is answered 413', async () => {
    const { status, json } = await fakeApi().send('POST', path, { body: `"${'x'.repeat(1024 * 1024)}"` });
    expect([status, json.code]).toEqual([413, 'body-too-large']);
  });

  it('that meets a bug is answered 500 without detail, and the log says where but not what', async () => {
    const { send, deps, logLines } = fakeApi();
    deps.records.softwareStatements.find = async () => {
      throw new TypeError('token abc123');
    };
    const found = await send('GET', `${path}/6f2d3c5e-63a4-4f0f-9a35-0c9b5f8c1a11`);
    expect([found.status, found.json.code, found.json.detail]).toEqual([500, 'internal-error', undefined]);
    expect(logLines.join()).toContain('TypeError');
    expect(found.text + logLines.join()).not.toContain('abc123');
  });
});

describe('health', () => {
  it.each(['/health/live', '/healthz'])('%s answers while the process lives', async (live) => {
    expect((await fakeApi().send('GET', live)).status).toBe(200);
  });

  it('is ready when everything answers', async () => {
    const { status, json } = await fakeApi().send('GET', '/health/ready');
    expect([status, json]).toEqual([200, { status: 'ready' }]);
  });

  it('names what is missing, whether it says no or fails to answer', async () => {
    const readiness = {
      database: async () => {
        await new Promise(setImmediate); // the others have failed by then
        return false;
      },
      encryptionKey: () => Promise.reject(new Error('no connection')),
    };
    const { send, journeys } = fakeApi({ readiness });
    journeys.isReachable = async () => false;
    const { status, json } = await send('GET', '/health/ready');
    expect([status, json.missing]).toEqual([503, ['database', 'temporal', 'encryption key']]);
  });
});

describe('the reference page', () => {
  it('comes from local files under a content-security policy', async () => {
    const { send } = fakeApi();
    const page = await send('GET', '/docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const addresses = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(
      ([, address]) => address ?? '',
    );
    expect(addresses).toHaveLength(3);
    for (const address of addresses) {
      expect(address).toMatch(/^\//);
      expect((await send('GET', address)).status).toBe(200);
    }
    expect((await send('GET', '/swagger/index.html')).headers.get('location')).toBe('/docs');
  });

  it('and the metrics are there', async () => {
    const { headers, text } = await fakeApi().send('GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('process_cpu_seconds_total');
  });
});
