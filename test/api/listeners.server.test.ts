// The two listeners of the API process: who may reach them, what each serves, and how they close.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../../api/server.ts';
import { issueCertificate } from './certificates.ts';
import { fakeApi } from './fake-api.ts';

const config: Parameters<typeof startApi>[0] = {
  API_HOST: '127.0.0.1',
  API_PORT: 0,
  API_AUTH: 'loopback',
  PUBLIC_HOST: '127.0.0.1',
  PUBLIC_PORT: 0,
  BANK_TIMEOUT_MS: 15_000,
};

let folder: string;
let running: RunningApi | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-open-banking-api-'));
  return () => rmSync(folder, { recursive: true });
});

afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe('the listeners', () => {
  it('serve the API inside and the page outside, and nothing of each other', async () => {
    running = await startApi(config, fakeApi().deps);
    const { url, publicUrl } = running;
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/auth/fragment-redirect`)).status).toBe(404);
    expect((await fetch(`${publicUrl}/auth/fragment-redirect`)).status).toBe(200);
    expect((await fetch(`${publicUrl}/health/live`)).status).toBe(404);
  });

  it('let requests under way finish when they close, and take no new ones', async () => {
    const api = fakeApi();
    const { url, close } = await startApi(config, api.deps);
    const slow = Promise.withResolvers<void>();
    const underWay = Promise.withResolvers<void>();
    api.records.softwareStatements.listPage = async () => {
      underWay.resolve();
      await slow.promise;
      return { items: [] };
    };
    const answer = fetch(`${url}/manage/software-statements`);
    await underWay.promise;
    const closed = close();
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    slow.resolve();
    expect((await answer).status).toBe(200);
    await closed;
  });

  it('speak TLS outside when there is a certificate', async () => {
    const { certificate, key } = await issueCertificate();
    const files = { PUBLIC_TLS_CERT_FILE: join(folder, 'c.pem'), PUBLIC_TLS_KEY_FILE: join(folder, 'k.pem') };
    writeFileSync(files.PUBLIC_TLS_CERT_FILE, certificate);
    writeFileSync(files.PUBLIC_TLS_KEY_FILE, key);
    running = await startApi({ ...config, ...files }, fakeApi().deps);
    expect(running.publicUrl).toMatch(/^https:/);
    const { hostname, port } = new URL(running.publicUrl);
    const status = await new Promise((resolve, reject) => {
      const options = { hostname, port, path: '/auth/fragment-redirect', rejectUnauthorized: false };
      request(options, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it('need certificate and key together', async () => {
    const half = { ...config, PUBLIC_TLS_CERT_FILE: join(folder, 'c.pem') };
    await expect(startApi(half, fakeApi().deps)).rejects.toThrow('must be set together');
  });

  it('start also when the statements cannot be checked', async () => {
    const api = fakeApi();
    api.records.softwareStatements.list = () => Promise.reject(new Error('no database'));
    running = await startApi(config, api.deps);
    await expect.poll(() => api.logLines.join()).toContain('could not be checked');
  });

  it('leave nothing open when the second one cannot listen', async () => {
    running = await startApi(config, fakeApi().deps);
    const taken = { ...config, PUBLIC_PORT: Number(new URL(running.publicUrl).port) };
    await expect(startApi(taken, fakeApi().deps)).rejects.toThrow('EADDRINUSE');
  });
});

describe('an internal listener that others can reach', () => {
  it.each(['0.0.0.0', '10.1.2.3', '::', '127.0.0.1.example.com'])('%s is refused', async (API_HOST) => {
    await expect(startApi({ ...config, API_HOST }, fakeApi().deps)).rejects.toThrow('API_HOST');
  });

  it.each(['127.0.0.1', 'localhost'])('%s is fine', async (API_HOST) => {
    running = await startApi({ ...config, API_HOST }, fakeApi().deps);
  });

  it('is started when that is asked for', async () => {
    // Asked for in words; the address itself stays this machine's.
    running = await startApi({ ...config, API_HOST: '127.0.0.2', API_AUTH: 'none' }, fakeApi().deps);
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
  });
});
