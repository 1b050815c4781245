// Where webhooks may go, however an address is spelt and whatever a name resolves to.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedHostsOf, isPublicAddress } from '../../notifications/addresses.ts';
import { createTargetCheck, type ResolvedAddress, TargetRefused } from '../../notifications/targets.ts';

const v4 = (address: string): ResolvedAddress => ({ address, family: 4 });
const v6 = (address: string): ResolvedAddress => ({ address, family: 6 });

async function judged(url: string, { allowed = [] as string[], resolved = [v4('93.184.216.34')] } = {}) {
  const check = createTargetCheck({ allowed: allowedHostsOf(allowed), resolve: async () => resolved });
  try {
    return (await check(url)).addresses;
  } catch (error) {
    if (error instanceof TargetRefused) return error.problem;
    throw error;
  }
}

describe('addresses', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '100.100.100.200',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
    ],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.192',
      '192.168.1.1',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
    ],
    ...['203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16', '192.88.99.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::7f00:1', '::127.0.0.1'],
    ...['fc00::1', 'fd00:ec2::254', 'fd20:ce::254', 'fe80::1', 'fec0::1', 'ff02::1', '100::1', '2001:db8::1'],
    ...['2002:7f00:1::', '2001:0:7f00:1::', '64:ff9b::7f00:1', '64:ff9b:1::1', '::ffff:0:7f00:1', '5f00::1'],
    ...['4000::1', '', 'localhost', 'hooks.example'],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

// Octets of addresses that must not be called.
const octet = fc.integer({ min: 0, max: 255 });
const inside = fc.oneof(
  fc.tuple(fc.constant(127), octet, octet, octet),
  fc.tuple(fc.constant(10), octet, octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  fc.tuple(fc.constant(0), octet, octet, octet),
);
type Octets = [number, number, number, number];
const numberOf = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;
const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const wide = (text: string) =>
  text.replace(/[0-9.]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
const groups = ([a, b, c, d]: Octets) => `${hexOf(a * 256 + b, 1)}:${hexOf(c * 256 + d, 1)}`;

const spellings: ((octets: Octets) => string)[] = [
  (octets) => octets.join('.'),
  (octets) => `${octets.join('.')}.`,
  (octets) => String(numberOf(octets)),
  (octets) => `0x${hexOf(numberOf(octets), 8)}`,
  (octets) => `0${numberOf(octets).toString(8)}`,
  (octets) => octets.map((each) => `0x${each.toString(16)}`).join('.'),
  (octets) => octets.map((each) => `0${each.toString(8)}`).join('.'),
  (octets) => octets.map((each) => `0x${hexOf(each, 6)}`).join('.'),
  ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  (octets) => wide(octets.join('.')),
  (octets) => octets.join('%2e'),
  (octets) => `[::ffff:${octets.join('.')}]`,
  (octets) => `[::FFFF:${groups(octets)}]`,
  (octets) => `[0:0:0:0:0:ffff:${groups(octets)}]`,
  (octets) => `[::${groups(octets)}]`,
  (octets) => `[64:ff9b::${groups(octets)}]`,
  (octets) => `[2002:${groups(octets)}::1]`,
  (octets) => `[::ffff:0:${groups(octets)}]`,
];

describe('a URL', () => {
  it('with an address inside is refused in every spelling', async () => {
    await fc.assert(
      fc.asyncProperty(inside, fc.constantFrom(...spellings), fc.nat(65535), async (octets, spell, port) => {
        const url = `https://${spell(octets)}:${port}/hooks`;
        // A resolver that would let everything through shows that none was needed.
        expect([url, await judged(url)]).toEqual([url, 'address-not-allowed']);
      }),
      { numRuns: 1000 },
    );
  });

  it('whose name leads inside, with any of its addresses, is refused', async () => {
    for (const resolved of [[v4('10.0.0.1')], [v4('8.8.8.8'), v4('127.0.0.1')], [v6('::ffff:a9fe:a9fe')]])
      expect(await judged('https://hooks.example/', { resolved })).toBe('address-not-allowed');
    expect(await judged('https://hooks.example/', { resolved: [] })).toBe('unknown-host');
  });

  it('keeps the addresses that were checked', async () => {
    const resolved = [v4('93.184.216.34'), v6('2606:4700::1111')];
    expect(await judged('https://hooks.example/a?b=c', { resolved })).toEqual(resolved);
    expect(await judged('https://93.184.216.34:8443/')).toEqual([v4('93.184.216.34')]);
    expect(await judged('https://[2606:4700::1111]/')).toEqual([v6('2606:4700::1111')]);
  });

  it.each([
    ['hooks', 'not-a-url'],
    ['//hooks.example', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['https://256.256.256.256/', 'not-a-url'],
    ['http://hooks.example/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['gopher://hooks.example/', 'not-https'],
    ['https://user@hooks.example/', 'has-credentials'],
    ['https://:secret@hooks.example/', 'has-credentials'],
    ['https://hooks.example/#a', 'has-fragment'],
  ])('%s: %s', async (url, problem) => {
    expect(await judged(url)).toBe(problem);
  });

  it('may be private or plain where configuration says so, and only there', async () => {
    const allowed = ['127.0.0.1', '10.1.0.0/16', 'hooks.internal', 'fd00::/8'];
    const resolved = [v4('192.168.0.7')];
    const fine = [
      'http://127.0.0.1:8080/',
      'http://0x7f.1/',
      'https://10.1.2.3/',
      'http://[::ffff:127.0.0.1]/',
    ];
    for (const url of [...fine, 'http://hooks.internal/', 'https://HOOKS.internal/', 'http://[fd00::1]/'])
      expect([url, await judged(url, { allowed, resolved })]).toEqual([url, expect.any(Array)]);
    for (const url of [
      'https://127.0.0.2/',
      'https://10.2.0.1/',
      'https://other.internal/',
      'https://[fe80::1]/',
    ])
      expect([url, await judged(url, { allowed, resolved })]).toEqual([url, 'address-not-allowed']);
    expect(await judged('http://8.8.8.8/', { allowed })).toBe('not-https');
    expect(await judged('https://named.example/', { allowed, resolved: [v4('10.1.9.9')] })).toEqual([
      v4('10.1.9.9'),
    ]);
    expect(await judged('https://named.example/', { allowed: ['0.0.0.0/0'], resolved: [v6('::1')] })).toBe(
      'address-not-allowed',
    );
  });
});
