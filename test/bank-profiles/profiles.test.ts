import { describe, expect, it } from 'vitest';
import { builtInBook, profileBook } from '../../bank-profiles/book.ts';
import { builtInProfiles } from '../../bank-profiles/built-in.ts';
import { nearestName } from '../../bank-profiles/nearest-name.ts';
import { bankProfileSchema, defineGroup, everyGrant } from '../../bank-profiles/profile.ts';

const names = builtInBook.names();
const banks = names.filter((name) => !name.startsWith('Sandbox_'));
const profileOf = (name: string) => {
  const profile = builtInBook.find(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
};
const any = { group: 'Any', source: 'a test', brand: 'Any Bank', organisationId: '0015800000000ANY' };
const api = { baseUrls: { 'v4.0': 'https://any.example/open-banking/v4.0/aisp' } };

describe('the profiles that come with the connector', () => {
  it('are those of 58 banks in 17 groups, beside the banks of the sandbox', () => {
    expect(banks).toHaveLength(58);
    expect(new Set(banks.map((name) => profileOf(name).group)).size).toBe(17);
    expect(names.filter((name) => !banks.includes(name))).toEqual(['Sandbox_Hybrid', 'Sandbox_Jarm']);
    for (const name of banks) expect(name.startsWith(`${profileOf(name).group}_`), name).toBe(true);
  });

  it.each([...builtInProfiles])(
    '%s fits the schema, and says nothing that goes without saying',
    (_, source) => {
      const profile = bankProfileSchema.parse(source);
      const { group, brand, source: from, organisationId, issuer } = profile;
      const bare = bankProfileSchema.parse({ group, brand, source: from, organisationId, issuer });
      expect(needless(source, bare)).toEqual([]);
    },
  );

  it.each([
    ['the version', ({ registration }: Profile) => registration.version === '3.2', 52],
    ['no dynamic registration', ({ registration }: Profile) => !registration.dynamic, 12],
    ['answers in the query', ({ authorisation }: Profile) => authorisation.responseMode === 'query', 9],
    ['plain OAuth 2', ({ authorisation }: Profile) => authorisation.protocol === 'oauth2', 3],
    ['signed assertions', uses('private_key_jwt'), 27],
    ['certificates', uses('tls_client_auth'), 27],
    ['posted secrets', uses('client_secret_post'), 3],
    ['basic secrets', uses('client_secret_basic'), 1],
    ['accounts', ({ accountInformation }: Profile) => accountInformation !== undefined, 56],
    ['accounts in version 4', ({ accountInformation }: Profile) => hasVersion4(accountInformation), 42],
    ['payments', ({ paymentInitiation }: Profile) => paymentInitiation !== undefined, 55],
    ['payments in version 4', ({ paymentInitiation }: Profile) => hasVersion4(paymentInitiation), 43],
    ['recurring payments', (profile: Profile) => profile.variableRecurringPayments !== undefined, 45],
    ['a private organisation id', ({ organisationId }: Profile) => typeof organisationId !== 'string', 37],
    ['production', ({ environment }: Profile) => environment === 'production', 49],
  ])('have %s at as many banks as the facts say', (_, has, count) => {
    expect(banks.map(profileOf).filter(has)).toHaveLength(count);
  });

  it('share a client in 38 registration groups', () => {
    const groups = banks.flatMap((name) => {
      const { group, registration } = profileOf(name);
      const own = `${group}/${registration.group ?? name.slice(group.length + 1)}`;
      return registration.clients === 'one' ? [own] : [`${own} accounts`, `${own} payments`];
    });
    expect(new Set(groups).size).toBe(38);
  });
});

describe('names', () => {
  it.each([
    ['Lloyds_LloydsCommercial', 'Lloyds_LloydsCommerical'],
    ['Lloyds_BankOfScotlandCommerical', 'Lloyds_BankOfScotlandCommerical'],
    ['NatWest_UlsterBankNi', 'NatWest_UlsterBankNI'],
    ['NatWest_UlsterBankNI', 'NatWest_UlsterBankNI'],
    ['NatWest_UlsterBankNiBankline', 'NatWest_UlsterBankNiBankline'],
  ])('%s is understood', (asked, found) => {
    expect(builtInBook.find(asked)?.name).toBe(found);
  });

  it('are told apart by case, and suggested when they are nearly right', () => {
    expect(builtInBook.find('monzo_monzo')).toBeUndefined();
    expect(nearestName('monzo_monzo', names)).toBe('Monzo_Monzo');
    expect(nearestName('Santander_Personel', names)).toBe('Santander_Personal');
    expect(nearestName('Bank of Nowhere at all', names)).toBeUndefined();
  });
});

describe('the schema', () => {
  it('refuses a choice that it does not know, with its path', () => {
    const parse = (more: object) =>
      bankProfileSchema.safeParse({ ...any, issuer: 'https://any.example', ...more });
    expect(parse({ accountInformation: api }).success).toBe(true);
    const paths = (more: object) =>
      parse(more).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    expect(paths({ idTokn: {} })).toEqual([expect.stringContaining('"idTokn"')]);
    expect(paths({ idToken: { subject: 'bank' } })).toEqual([expect.stringContaining('idToken.subject')]);
    expect(paths({ accountInformation: { baseUrls: {} } })).toEqual(['accountInformation needs a base URL']);
    expect(paths({ organisationId: 'has a space' })?.length).toBeGreaterThan(0);
  });

  it('lets a bank take the place of what its group says', () => {
    const group = defineGroup(
      { ...any, issuer: 'https://any.example', idToken: { subject: 'customer' } },
      { Any_One: { brand: 'One' }, Any_Other: { brand: 'Other', idToken: { acr: 'any' } } },
    );
    const book = profileBook(group);
    expect(book.find('Any_One')?.idToken.subject).toBe('customer');
    expect(book.find('Any_Other')?.idToken).toMatchObject({ subject: 'consent', acr: 'any' });
    expect(book.find('Any_One')).toBe(book.find('Any_One'));
  });

  it('says the same for every kind of consent where that is said', () => {
    const kinds = Object.keys(bankProfileSchema.shape.grants.parse({}));
    expect(Object.keys(everyGrant({}))).toEqual(kinds);
  });
});

type Profile = ReturnType<typeof profileOf>;

function uses(method: string) {
  return ({ registration }: Profile) => registration.tokenEndpointAuthMethod === method;
}

function hasVersion4(given: Profile['accountInformation']): boolean {
  return given?.baseUrls['v4.0'] !== undefined;
}

/** Paths of what a source says though it would be so anyway. */
function needless(source: unknown, bare: unknown, path = ''): string[] {
  if (!isObject(source) || !isObject(bare)) return [];
  return Object.entries(source).flatMap(([name, value]) => {
    const where = `${path}${name}`;
    if (value === undefined || always.has(where) || !(name in bare)) return [];
    if (isObject(value) && isObject(bare[name])) return needless(value, bare[name], `${where}.`);
    return JSON.stringify(value) === JSON.stringify(bare[name]) ? [where] : [];
  });
}

const always = new Set(['group', 'brand', 'source', 'organisationId', 'issuer']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
