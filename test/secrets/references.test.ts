import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atMost } from '../../secrets/at-most.ts';
import { kept } from '../../secrets/kept.ts';
import { meaningOf } from '../../secrets/reference.ts';
import { createReferenceReader, readValue } from '../../secrets/reference-reader.ts';

const eternal = { lifeMs: Number.POSITIVE_INFINITY };

describe('a text', () => {
  it.each([
    ['env:OTHER', { kind: 'reference', reference: { source: 'env', name: 'OTHER' } }],
    ['file:/run/secrets/a b', { kind: 'reference', reference: { source: 'file', name: '/run/secrets/a b' } }],
    ['aws-ssm:/path/name', { kind: 'reference', reference: { source: 'aws-ssm', name: '/path/name' } }],
    ['aws-ssm:name:7', { kind: 'reference', reference: { source: 'aws-ssm', name: 'name:7' } }],
  ])('may refer to where a value is kept: %s', (text, meaning) => {
    expect(meaningOf(text)).toEqual(meaning);
  });

  it.each([
    '',
    'env',
    'ENV:OTHER',
    ' env:OTHER',
    'environment:x',
    'postgres://u:p@h/d',
    'gcp:x',
    'aws:ssm:x',
  ])('is itself otherwise: %j', (text) => {
    expect(meaningOf(text)).toEqual({ kind: 'value', value: text });
  });

  it.each([
    ['literal:env:OTHER', 'env:OTHER'],
    ['literal:', ''],
    ['literal:literal:x', 'literal:x'],
    ['literal:plain', 'plain'],
  ])('is itself when it says so: %s', (text, value) => {
    expect(meaningOf(text)).toEqual({ kind: 'value', value });
  });

  it.each(['env:', 'env:A B', 'env:1A', 'file:', 'file:relative', 'file:/a\nb', 'aws-ssm:', 'aws-ssm:/a b'])(
    'is refused when it only begins like a reference, and its rest is not told: %j',
    async (text) => {
      const refused = readValue('VARIABLE', text);
      await expect(refused).rejects.toMatchObject({ code: 'reference-malformed', holder: 'VARIABLE' });
      await expect(refused).rejects.toThrow('literal:');
      const [source = '', rest] = [text.slice(0, text.indexOf(':') + 1), text.slice(text.indexOf(':') + 1)];
      await expect(refused).rejects.toThrow(source);
      if (rest !== '') await expect(refused).rejects.toThrow(expect.not.stringContaining(`${source}${rest}`));
    },
  );
});

describe('a reference to a variable', () => {
  const read = createReferenceReader({
    environment: { OTHER: 'a value', EMPTY: '', TWICE: 'env:OTHER', ODD: 'file:x', AS_IS: 'literal:env:x' },
    ...eternal,
  });
  const follow = (name: string) => readValue('VARIABLE', `env:${name}`, read);

  it('leads to its value', async () => {
    expect(await follow('OTHER')).toBe('a value');
    expect(await follow('AS_IS')).toBe('env:x');
  });

  it.each(['MISSING', 'EMPTY', 'toString'])('that is not set names both: %s', async (name) => {
    await expect(follow(name)).rejects.toMatchObject({
      code: 'reference-not-found',
      message: `VARIABLE refers to env:${name}: the variable is not set.`,
    });
  });

  it.each(['TWICE', 'ODD'])('does not lead any further: %s', async (name) => {
    await expect(follow(name)).rejects.toMatchObject({ code: 'reference-chained' });
  });
});

describe('a reference to a file', () => {
  let folder: string;
  const read = createReferenceReader({ environment: {}, ...eternal });
  const follow = (name: string) => readValue('VARIABLE', `file:${join(folder, name)}`, read);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'references-'));
    await mkdir(join(folder, 'folder'));
    const files = {
      unix: 'text\n',
      windows: 'text\r\n',
      two: 'text\n\n',
      none: ' text ',
      empty: '\n',
      chain: 'env:A',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await writeFile(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    await writeFile(join(folder, 'large'), 'x'.repeat(300 * 1024));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['unix', 'text'],
    ['windows', 'text'],
    ['two', 'text\n'],
    ['none', ' text '],
  ])('leads to its text without one line end: %s', async (name, text) => {
    expect(await follow(name)).toBe(text);
  });

  it.each([
    ['missing', 'reference-not-found'],
    ['unix/below', 'reference-not-found'],
    ['empty', 'reference-not-found'],
    ['folder', 'reference-unreadable'],
    ['binary', 'reference-unreadable'],
    ['large', 'reference-unreadable'],
    ['chain', 'reference-chained'],
  ])('that cannot be used is named: %s', async (name, code) => {
    const refused = follow(name);
    await expect(refused).rejects.toMatchObject({ code, reference: { name: join(folder, name) } });
    await expect(refused).rejects.toThrow(`VARIABLE refers to file:${join(folder, name)}: `);
  });

  it.skipIf(process.getuid?.() === 0)('that may not be read is a refusal', async () => {
    await chmod(join(folder, 'none'), 0o000);
    await expect(follow('none')).rejects.toMatchObject({ code: 'reference-denied' });
  });

  it('that never ends is not waited for', async () => {
    await expect(readValue('VARIABLE', 'file:/dev/zero', read)).rejects.toMatchObject({
      code: 'reference-unreadable',
    });
  });
});

describe('what was read', () => {
  function counting(lifeMs: number) {
    let now = 0;
    let reads = 0;
    const text = async () => {
      reads += 1;
      return `text ${reads}`;
    };
    return { read: kept(text, { lifeMs, nowMs: () => now }), pass: (ms: number) => (now += ms) };
  }

  it('is kept for its life and then read anew', async () => {
    const { read, pass } = counting(300_000);
    expect(await Promise.all([read('a'), read('a')])).toEqual(['text 1', 'text 1']);
    pass(299_999);
    expect(await read('a')).toBe('text 1');
    pass(1);
    expect(await read('a')).toBe('text 2');
    expect(await read('b')).toBe('text 3');
  });

  it('is kept for good when it has no end', async () => {
    const { read, pass } = counting(Number.POSITIVE_INFINITY);
    expect(await read('a')).toBe('text 1');
    pass(1e15);
    expect(await read('a')).toBe('text 1');
  });

  it('is not kept when it failed', async () => {
    let attempts = 0;
    const read = kept(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('not now');
      return 'text';
    }, eternal);
    await expect(read('a')).rejects.toThrow('not now');
    expect(await read('a')).toBe('text');
  });
});

it('at most so many things are done at a time, whether they succeed or fail', async () => {
  const inTurn = atMost(2);
  let running = 0;
  let most = 0;
  const act = (index: number) =>
    inTurn(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (index % 3 === 0) throw new Error('failed');
      return index;
    });
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => act(index)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
  expect(most).toBe(2);
});
