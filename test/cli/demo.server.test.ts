// `npm run demo -- --exit --json`, as somebody who has just cloned the project runs it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { housePorts } from '../journeys/house.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function demo(changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['cli/demo.ts', '--exit', '--json'], {
    env: { ...process.env, ...(await housePorts()), DATA_DIR: folder, ...changes },
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    return chunks;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, stdout: stdout?.join('') ?? '', stderr: stderr?.join('') ?? '' };
}

it('plays its journeys, tells each step, and ends with a summary alone on stdout', {
  timeout: 180_000,
}, async () => {
  const { code, stdout, stderr } = await demo();
  expect(code, stderr).toBe(0);
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({
    registration: { id: expect.any(String), clientId: expect.any(String) },
    accountAccess: { consentId: expect.any(String), accounts: 5 },
    payment: { paymentId: expect.any(String), status: 'ACCC', bankSubmissions: 1 },
    standingOrder: { paymentId: expect.any(String), status: 'INCO', bankSubmissions: 1 },
    filePayment: { paymentId: expect.any(String), status: 'INCO', bankSubmissions: 1 },
  });
  expect(summary.accountAccess.transactions).toBeGreaterThan(1_000);
  expect(summary.workflows.map(({ type, status }: Record<string, string>) => [type, status])).toEqual([
    ['clientRegistration', 'RUNNING'],
    ['consent', 'RUNNING'],
    ...Array.from({ length: 3 }).flatMap(() => [
      ['consent', 'COMPLETED'],
      ['payment', 'COMPLETED'],
    ]),
  ]);
  for (const step of [
    /^ +\d+\.\d\d s {2}/m,
    /waiting for the customer/,
    /A standing order\n/,
    /the bank has the file: 3 payments/,
    /handed the file to the bank/,
    /final status INCO; by its own counter the bank set up 1 standing order\n/,
    /Temporal UI +http/,
    /Sandbox bank +https/,
  ]) {
    expect(stderr).toMatch(step);
  }
});

it('ends with another code when a journey does not end as it should', async () => {
  const { code, stdout, stderr } = await demo({ BANK_TIMEOUT_MS: '1' });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('The demo failed: POST /manage/');
});
