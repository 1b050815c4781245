import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentSecrets } from '../../secrets/environment.ts';
import { fileSecrets } from '../../secrets/file.ts';
import { createSecretReader } from '../../secrets/secret-reader.ts';
import { SecretUnavailable } from '../../secrets/secret-source.ts';

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
    },
  );
});
