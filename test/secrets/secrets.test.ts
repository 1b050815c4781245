import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentSecrets } from '../../secrets/environment.ts';
import { fileSecrets } from '../../secrets/file.ts';
import { parameterStoreSecrets } from '../../secrets/parameter-store.ts';
import { createReferenceReader } from '../../secrets/reference-reader.ts';
import { createSecretReader } from '../../secrets/secret-reader.ts';
import { SecretUnavailable } from '../../secrets/secret-source.ts';
import { startStandIn } from './parameter-store-stand-in.ts';

const notFound = { name: 'SecretUnavailable', code: 'secret-not-found' };

describe('secrets of the environment', () => {
  const read = environmentSecrets({ Keys__Signing: 'one\\ntwo', EMPTY: '' });

  it('are found by configuration key', async () => {
    expect(await read('Keys:Signing')).toBe('one\ntwo');
    expect(await read('Keys__Signing')).toBe('one\ntwo');
  });

  it.each(['Keys:Other', 'EMPTY', 'toString', ''])('are missing when not set or empty: %j', async (name) => {
    await expect(read(name)).rejects.toMatchObject(notFound);
  });
});

describe('secrets in files', () => {
  let folder: string;
  let read: (name: string) => Promise<string>;
  beforeAll(async () => {
    const outside = await mkdtemp(join(tmpdir(), 'secrets-'));
    folder = join(outside, 'below');
    await mkdir(join(folder, 'bank'), { recursive: true });
    await writeFile(join(outside, 'outside.key'), 'planted outside');
    await writeFile(join(folder, 'bank', 'signing.key'), 'the key\n');
    await writeFile(join(folder, '..data.key'), 'dotted');
    await writeFile(join(folder, 'empty.key'), ' \n');
    await symlink(join(outside, 'outside.key'), join(folder, 'leads-out.key'));
    await symlink(join(folder, 'bank', 'signing.key'), join(folder, 'stays.key'));
    read = fileSecrets(folder);
  });
  afterAll(() => rm(join(folder, '..'), { recursive: true }));

  it.each(['bank/signing.key', './bank/../bank/signing.key', 'stays.key'])(
    'are read below the folder, without the line end: %s',
    async (name) => {
      expect(await read(name)).toBe('the key');
    },
  );

  it('may have a name that begins with two dots', async () => {
    expect(await read('..data.key')).toBe('dotted');
  });

  it.each([
    '../outside.key',
    'bank/../../outside.key',
    'leads-out.key',
    'missing.key',
    'empty.key',
    'bank',
    '',
    '.',
    '..',
    'bank\0.key',
  ])('are refused when they lead out of the folder, are missing or are no text: %j', async (name) => {
    await expect(read(name)).rejects.toMatchObject(notFound);
  });

  it('are refused by absolute path, even into the folder', async () => {
    await expect(read(join(folder, 'bank', 'signing.key'))).rejects.toMatchObject(notFound);
  });

  it('are missing when the folder is', async () => {
    await expect(fileSecrets(join(folder, 'nowhere'))('a')).rejects.toMatchObject(notFound);
  });
});

describe('secrets that refer to elsewhere', () => {
  let folder: string;
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let now = 0;
  let read: ReturnType<typeof createSecretReader>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-'));
    await writeFile(join(folder, 'refers.key'), 'aws-ssm:/bank/signing-key\n');
    await writeFile(join(folder, 'elsewhere.key'), 'one\\ntwo\n');
    standIn = await startStandIn();
    for (const [name, value] of Object.entries(standIn.environment)) vi.stubEnv(name, value || undefined);
    const environment = {
      Keys__Signing: 'aws-ssm:/bank/signing-key',
      Keys__Env: 'env:OTHER',
      OTHER: 'one\\ntwo',
      Keys__File: `file:${folder}/elsewhere.key`,
      Keys__Missing: 'aws-ssm:/bank/missing',
      Keys__Chained: 'env:Keys__Signing',
      Keys__Literal: 'literal:env:it is',
    };
    const readReference = createReferenceReader({ environment, lifeMs: 300_000, nowMs: () => now });
    read = createSecretReader({
      Configuration: environmentSecrets(environment, readReference),
      File: fileSecrets(folder, readReference),
      AwsSsmParameterStore: parameterStoreSecrets(readReference),
    });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await standIn.close();
    await rm(folder, { recursive: true });
  });
  const configured = (name: string) => read({ source: 'Configuration', name });

  it('are read from there, once in five minutes, wherever the reference is', async () => {
    standIn.parameters.set('/bank/signing-key', 'the first key');
    expect(await configured('Keys:Signing')).toBe('the first key');
    standIn.parameters.set('/bank/signing-key', 'the next key');
    expect(await read({ source: 'File', name: 'refers.key' })).toBe('the first key');
    expect(await read({ source: 'AwsSsmParameterStore', name: '/bank/signing-key' })).toBe('the first key');
    expect(standIn.requests).toHaveLength(1);
    now += 300_000;
    expect(await configured('Keys:Signing')).toBe('the next key');
  });

  it('have the line ends of variables only where they come from one', async () => {
    expect(await configured('Keys:Env')).toBe('one\ntwo');
    expect(await configured('Keys:File')).toBe('one\\ntwo');
    expect(await configured('Keys:Literal')).toBe('env:it is');
  });

  it('are missing by the name of the variable and of the parameter', async () => {
    const message =
      'The environment variable Keys__Missing refers to aws-ssm:/bank/missing: there is no such parameter (ParameterNotFound).';
    await expect(configured('Keys:Missing')).rejects.toMatchObject({
      ...notFound,
      ...{ message, problem: 'reference-not-found', transient: false },
    });
    const direct = read({ source: 'AwsSsmParameterStore', name: '/bank/missing' });
    await expect(direct).rejects.toMatchObject(notFound);
    await expect(direct).rejects.toThrow('aws-ssm:/bank/missing');
  });

  it('are refused when they refer to a reference', async () => {
    await expect(configured('Keys:Chained')).rejects.toMatchObject({ problem: 'reference-chained' });
    standIn.parameters.set('/bank/chained', 'env:OTHER');
    await expect(read({ source: 'AwsSsmParameterStore', name: '/bank/chained' })).rejects.toMatchObject({
      ...{ name: 'SecretUnavailable', code: 'secret-source-unavailable', problem: 'reference-chained' },
    });
  });

  it('say whether another attempt may succeed', async () => {
    standIn.parameters.set('/bank/busy', 'x');
    standIn.faults.push('throttled', 'throttled');
    await expect(read({ source: 'AwsSsmParameterStore', name: '/bank/busy' })).rejects.toMatchObject({
      ...{ code: 'secret-source-unavailable', transient: true },
    });
    expect(await read({ source: 'AwsSsmParameterStore', name: '/bank/busy' })).toBe('x');
  });

  it('are not asked for by a name that is none, nor is it told: it may be the secret itself', async () => {
    const asked = standIn.requests.length;
    for (const source of ['AwsSsmParameterStore', 'Configuration'] as const) {
      const refused = read({ source, name: '-----BEGIN PRIVATE KEY----- planted' });
      await expect(refused).rejects.toMatchObject(notFound);
      await expect(refused).rejects.toThrow(expect.not.stringContaining('planted'));
    }
    expect(standIn.requests).toHaveLength(asked);
  });

  it('are refused where nobody follows references', async () => {
    const alone = environmentSecrets({ KEY: 'env:OTHER', OTHER: 'x' });
    await expect(alone('KEY')).rejects.toMatchObject({ problem: 'reference-not-followed' });
  });
});

describe('a secret reader', () => {
  const read = createSecretReader({ Configuration: async (name) => `secret of ${name}` });

  it('asks the source that the description names', async () => {
    expect(await read({ source: 'Configuration', name: 'Key' })).toBe('secret of Key');
  });

  it.each(['File', 'AwsSsmParameterStore', 'GoogleCloudSecretManagerV1'] as const)(
    'refuses a source that is not there: %s',
    async (source) => {
      const refused = read({ source, name: 'planted-name' });
      await expect(refused).rejects.toThrow(SecretUnavailable);
      await expect(refused).rejects.toMatchObject({ code: 'secret-source-unavailable' });
      await expect(refused).rejects.toThrow(expect.not.stringContaining('planted-name'));
      await expect(refused).rejects.toThrow(`${source} is not supported here; supported are Configuration.`);
    },
  );
});
