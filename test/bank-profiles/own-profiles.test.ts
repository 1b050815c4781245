// Profiles of whoever runs the connector: added, laid over those that come with it, refused in words, changed meanwhile.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergePatch } from '../../bank-profiles/merge-patch.ts';
import { openProfileBook } from '../../bank-profiles/open-profile-book.ts';
import { ProfilesRefused } from '../../bank-profiles/read-own-profiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, content: unknown) =>
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
const open = () => openProfileBook({ folder, lookEveryMs: 0 });

const newBank = {
  brand: 'Bank of Nowhere',
  organisationId: '0015800000NOWHEREB',
  issuer: 'https://auth.nowhere.example',
  paymentInitiation: { baseUrls: { 'v4.0': 'https://api.nowhere.example/open-banking/v4.0/pisp' } },
};
const nowhere = { group: 'Nowhere', source: 'its developer portal', banks: { Nowhere_Nowhere: newBank } };

describe('a folder of profiles', () => {
  it('adds banks', () => {
    write('nowhere.json', nowhere);
    write('README.md', 'no profile');
    const book = open();
    expect(book.names()).toContain('Nowhere_Nowhere');
    expect(book.names()).toContain('Monzo_Monzo');
    expect(book.find('Nowhere_Nowhere')).toMatchObject({ group: 'Nowhere', name: 'Nowhere_Nowhere' });
  });

  it('lays members over a bank that comes with the connector, and leaves its others', () => {
    const banks = {
      Monzo_Monzo: { organisationId: '0015800001MONZOMON', clientCredentials: { tokenType: 'Bearer' } },
    };
    write('monzo.json', { group: 'Monzo', source: 'seen in our logs', banks });
    expect(open().find('Monzo_Monzo')).toMatchObject({
      organisationId: '0015800001MONZOMON',
      issuer: 'https://api.monzo.com/open-banking/',
      clientCredentials: { tokenType: 'Bearer', emptyScope: 'as-asked' },
      source: 'seen in our logs',
    });
  });

  it('takes what its banks share from one place', () => {
    const { brand, ...common } = newBank;
    write('nowhere.json', { ...nowhere, common, banks: { Nowhere_One: { brand }, Nowhere_Two: { brand } } });
    expect(open().find('Nowhere_Two')?.issuer).toBe('https://auth.nowhere.example');
  });

  it.each([
    ['a member that is none', { ...newBank, idTokn: {} }, 'did you mean "idToken"?'],
    ['a choice that is none', { ...newBank, idToken: { subject: 'costumer' } }, 'did you mean "customer"?'],
    ['a member that is missing', { brand: 'x' }, 'Nowhere_Nowhere: issuer: '],
  ])('refuses %s, with what was probably meant', (_, bank, text) => {
    write('nowhere.json', { ...nowhere, banks: { Nowhere_Nowhere: bank } });
    expect(open).toThrow(ProfilesRefused);
    expect(open).toThrow(text);
  });

  it('tells everything that is wrong at once, by file', () => {
    write('a.json', 'no JSON');
    write('b.json', { ...nowhere, bnks: {}, banks: {} });
    write('c.json', { ...nowhere, banks: { Elsewhere_Nowhere: newBank } });
    write('d.json', nowhere);
    write('e.json', nowhere);
    const refusal = () => {
      try {
        open();
      } catch (error) {
        return (error as ProfilesRefused).problems;
      }
      return [];
    };
    expect(refusal()).toEqual([
      expect.stringContaining('a.json: Invalid input'),
      'b.json: Unrecognized key: "bnks"; did you mean "banks"?',
      'c.json: Elsewhere_Nowhere: must be called Nowhere_ and more',
      'e.json: Nowhere_Nowhere: is there twice',
    ]);
  });

  it('is refused when it is not there', () => {
    expect(() => openProfileBook({ folder: join(folder, 'missing') })).toThrow('the folder cannot be read');
  });
});

it('the guide shows files that fit', () => {
  const guide = readFileSync(new URL('../../docs/add-a-bank.md', import.meta.url), 'utf8');
  const shown = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json);
  expect(shown.length).toBeGreaterThan(0);
  for (const [index, json] of shown.entries()) write(`${index}.json`, json);
  expect(open().find('Example_Personal')?.paymentInitiation?.baseUrls['v4.0']).toMatch(/^https:/);
});

describe('a change of the folder', () => {
  it('counts without a restart, and gives a profile that is another one', () => {
    write('nowhere.json', nowhere);
    const book = open();
    const before = book.find('Nowhere_Nowhere');
    expect(book.find('Nowhere_Nowhere')).toBe(before);
    write('nowhere.json', { ...nowhere, banks: { Nowhere_Nowhere: { ...newBank, brand: 'Renamed' } } });
    expect(book.find('Nowhere_Nowhere')?.brand).toBe('Renamed');
    expect(book.find('Nowhere_Nowhere')).not.toBe(before);
  });

  it('that does not fit is told once, and what was good before goes on to count', () => {
    write('nowhere.json', nowhere);
    const told: string[] = [];
    const book = openProfileBook({ folder, lookEveryMs: 0, onRefused: ({ message }) => told.push(message) });
    write('nowhere.json', '{"half of a file');
    expect(book.find('Nowhere_Nowhere')?.brand).toBe('Bank of Nowhere');
    expect(book.names()).toContain('Nowhere_Nowhere');
    expect(told).toEqual([expect.stringContaining('nowhere.json')]);
    write('nowhere.json', { ...nowhere, banks: {} });
    expect(book.find('Nowhere_Nowhere')).toBeUndefined();
  });

  it('is looked for once in a while, not at each question', () => {
    write('nowhere.json', nowhere);
    const book = openProfileBook({ folder, lookEveryMs: 3_600_000 });
    write('nowhere.json', { ...nowhere, banks: {} });
    expect(book.find('Nowhere_Nowhere')).toBeDefined();
  });
});

describe('merge patch', () => {
  // The examples of RFC 7396, appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });
});
