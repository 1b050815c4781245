import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createParameterStore, type ParameterStoreOptions } from '../../secrets/aws-ssm.ts';
import { type StandIn, startStandIn } from './parameter-store-stand-in.ts';

let standIn: StandIn;

function setEnvironment(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value === '' ? undefined : value);
}

async function storeAt(options?: ParameterStoreOptions & { answerAfterMs?: number }) {
  await standIn?.close();
  standIn = await startStandIn(options);
  setEnvironment(standIn.environment);
  standIn.parameters.set('/bank/signing-key', 'the planted key\n');
  return createParameterStore(options);
}

let read: (name: string) => Promise<string>;
beforeEach(async () => {
  read = await storeAt();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await standIn.close();
});

describe('a parameter', () => {
  it('is read decrypted and to the letter, by a signed request', async () => {
    expect(await read('/bank/signing-key')).toBe('the planted key\n');
    expect(standIn.requests).toEqual([{ name: '/bank/signing-key', answer: 'ok' }]);
  });

  it('may be named with a version', async () => {
    expect(await read('/bank/signing-key:3')).toBe('the planted key\n');
  });

  it('is found at the endpoint of all services too', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', undefined);
    vi.stubEnv('AWS_ENDPOINT_URL', standIn.url);
    expect(await read('/bank/signing-key')).toBe('the planted key\n');
  });

  it('that is not there is named', async () => {
    await expect(read('/bank/other')).rejects.toMatchObject({
      name: 'ReferenceUnusable',
      code: 'reference-not-found',
      reference: { source: 'aws-ssm', name: '/bank/other' },
      message: expect.stringContaining('aws-ssm:/bank/other: there is no such parameter (ParameterNotFound)'),
      transient: false,
    });
    expect(standIn.requests).toHaveLength(1);
  });

  it('without a value is unreadable', async () => {
    standIn.faults.push('no-value');
    await expect(read('/bank/signing-key')).rejects.toMatchObject({ code: 'reference-unreadable' });
  });
});

describe('a refusal', () => {
  it('is told as such, without what AWS says of our account', async () => {
    standIn.faults.push('access-denied');
    const refused = read('/bank/signing-key');
    await expect(refused).rejects.toMatchObject({ code: 'reference-denied', transient: false });
    await expect(refused).rejects.toThrow('AccessDeniedException');
    await expect(refused).rejects.toThrow(expect.not.stringContaining('arn:'));
    expect(standIn.requests).toHaveLength(1);
  });

  it('of a signature with another key is a refusal', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another/secret/access/key');
    await expect(read('/bank/signing-key')).rejects.toMatchObject({ code: 'reference-denied' });
    expect(standIn.requests).toEqual([{ name: '', answer: 'InvalidSignatureException' }]);
  });

  it('without credentials says so', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    await expect(read('/bank/signing-key')).rejects.toMatchObject({
      code: 'reference-denied',
      reason: expect.stringContaining('credentials'),
    });
    expect(standIn.requests).toEqual([]);
  });

  it('without a region says so', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await expect(read('/bank/signing-key')).rejects.toMatchObject({
      code: 'reference-source-unavailable',
      reason: 'no AWS region is configured',
    });
  });
});

describe('a disturbance', () => {
  it.each(['throttled', 'internal-error', 'cut-off'] as const)(
    'is got over by one more attempt: %s',
    async (fault) => {
      standIn.faults.push(fault);
      expect(await read('/bank/signing-key')).toBe('the planted key\n');
      expect(standIn.requests).toHaveLength(2);
    },
  );

  it.each(['throttled', 'internal-error', 'cut-off'] as const)(
    'that lasts is told after two: %s',
    async (fault) => {
      standIn.faults.push(fault, fault, fault);
      await expect(read('/bank/signing-key')).rejects.toMatchObject({
        code: 'reference-source-unavailable',
        transient: true,
      });
      expect(standIn.requests).toHaveLength(2);
    },
  );

  it('ends at the time limit, after a second attempt', async () => {
    read = await storeAt({ timeLimitMs: 1_000 });
    standIn.faults.push('no-answer', 'no-answer');
    const startedAt = performance.now();
    await expect(read('/bank/signing-key')).rejects.toMatchObject({
      code: 'reference-source-unavailable',
      reason: 'no answer within 1000 ms',
      transient: true,
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(standIn.requests).toHaveLength(2);
  });

  it('does not keep a later read from succeeding', async () => {
    standIn.faults.push('throttled', 'throttled');
    await expect(read('/bank/signing-key')).rejects.toThrow('ThrottlingException');
    expect(await read('/bank/signing-key')).toBe('the planted key\n');
  });
});

it('is asked for a few parameters at a time', async () => {
  read = await storeAt({ parallelReads: 3, answerAfterMs: 20 });
  const names = Array.from({ length: 12 }, (_, index) => `/bank/${index}`);
  for (const name of names) standIn.parameters.set(name, name);
  expect(await Promise.all(names.map(read))).toEqual(names);
  expect(standIn.mostAtOnce()).toBe(3);
});
