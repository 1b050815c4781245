// What happens on an account on one day: its standing income and bills, and what chance adds, by spending pattern.
import type { BankAccount, SpendingPattern } from './accounts.ts';
import { inventedAccount } from './identifiers.ts';
import {
  cardMerchants,
  everydayMerchants,
  type Merchant,
  tradeCustomers,
  tradeSuppliers,
  travelMerchants,
} from './merchants.ts';
import type { Prng } from './prng.ts';

export interface PlannedEntry {
  kind: 'card' | 'credit-transfer' | 'direct-debit' | 'interest';
  /** Minor units; negative is money out. */
  signedMinor: number;
  secondOfDay: number;
  information: string;
  reference?: string;
  merchant?: { name: string; categoryCode: string };
  counterparty?: { name: string; identification: string };
  /** A purchase abroad: what the shop asked for, and the rate. */
  exchange?: { currency: string; amountMinor: number; rate: number };
  /** Of the published ExternalCategoryPurpose1Code. */
  categoryPurposeCode?: 'SALA' | 'SUPP' | 'INTC';
}

export interface DayOfAccount {
  account: BankAccount;
  balanceMinor: number;
  dayOfMonth: number;
  /** 0 is Sunday. */
  weekday: number;
  /** `2026-11`. */
  month: string;
}

type Planner = (day: DayOfAccount, random: Prng) => PlannedEntry[];

const planners: Record<SpendingPattern, Planner> = {
  everyday: (day, random) => [
    ...on(day, 28, transfer('LUMEN HEALTH PAYROLL', `SALARY ${day.month}`, 2_846_32, 'SALA')),
    ...on(day, 1, transfer('STERLING LETTINGS', 'RENT', -925_00)),
    ...on(day, 2, transfer('RAINY DAY', 'MONTHLY SAVING', -300_00)),
    ...on(day, 5, debit('RIDGE ENERGY', 'RE 4410 2291', -random.integer(78_00, 131_00))),
    ...on(day, 9, debit('FENWICK MOBILE', 'FM 7719 003', -18_50)),
    ...on(day, 14, debit('CASTLE COUNCIL', 'COUNCIL TAX', -142_00)),
    ...on(day, 19, debit('HARROW FITNESS', 'MEMBERSHIP', -29_99)),
    ...purchases(
      everydayMerchants,
      random.integer(day.weekday === 6 ? 2 : 1, day.weekday === 6 ? 4 : 3),
      random,
    ),
    ...(random.chance(0.02) ? [abroad(random)] : []),
  ],
  household: (day, random) => [
    ...on(day, 1, transfer('MS A HART', 'HOUSE', 520_00), transfer('MR B OKORO', 'HOUSE', 520_00)),
    ...on(day, 6, debit('BROOKVALE WATER', 'BW 118 204', -random.integer(31_00, 39_00))),
    ...on(day, 12, debit('FIBRELINE', 'BROADBAND', -34_00)),
    ...(day.weekday === 5 ? purchases(everydayMerchants, random.integer(2, 4), random) : []),
  ],
  savings: (day) => [
    ...on(day, 2, transfer('MS A HART', 'MONTHLY SAVING', 300_00)),
    ...on(day, 27, interest(Math.round((day.balanceMinor * 0.031) / 12))),
  ],
  card: (day, random) => [
    // The statement is paid off in full: what is owed is what the balance lacks to zero.
    ...on(day, 20, transfer('DIRECT DEBIT PAYMENT', 'THANK YOU', Math.max(0, -day.balanceMinor))),
    ...(random.chance(0.28) ? purchases(cardMerchants, 1, random) : []),
  ],
  travel: (day, random) => [
    ...on(day, 3, transfer('MS A HART', 'TRAVEL FUND', 150_00)),
    ...(day.balanceMinor > 400_00 && random.chance(0.1)
      ? purchases(travelMerchants, random.integer(1, 3), random)
      : []),
  ],
  trade: (day, random) => [
    ...on(day, 25, transfer('PAYROLL BUREAU', `WAGES ${day.month}`, -14_260_75, 'SALA')),
    ...on(day, 7, debit('REVENUE AND DUTIES', 'VAT', -random.integer(2_100_00, 3_900_00))),
    ...(working(day) && random.chance(0.45) ? [sale(random, 380_00, 6_400_00)] : []),
    ...(working(day) && random.chance(0.4) ? [supply(random)] : []),
  ],
  lettings: (day, random) => [
    ...on(day, 3, transfer('TENANT', `RENT ${day.month}`, random.integer(640_00, 960_00))),
    ...on(day, 10, transfer('LANDLORD', 'RENT LESS FEE', -random.integer(560_00, 640_00))),
  ],
  export: (day, random) => [
    ...(working(day) && random.chance(0.16) ? [sale(random, 250_00, 3_200_00)] : []),
    ...on(day, 26, transfer('ACME TRADING LTD', 'SWEEP', -Math.max(0, day.balanceMinor - 10_000_00), 'INTC')),
  ],
};

/** In no particular order; nothing of zero amount. */
export function entriesOfDay(day: DayOfAccount, random: Prng): PlannedEntry[] {
  return planners[day.account.pattern](day, random).filter((entry) => entry.signedMinor !== 0);
}

function on(day: DayOfAccount, dayOfMonth: number, ...entries: PlannedEntry[]): PlannedEntry[] {
  return day.dayOfMonth === dayOfMonth ? entries : [];
}

function working(day: DayOfAccount): boolean {
  return day.weekday >= 1 && day.weekday <= 5;
}

type Purpose = PlannedEntry['categoryPurposeCode'];

function transfer(name: string, reference: string, signedMinor: number, purpose?: Purpose): PlannedEntry {
  return {
    kind: 'credit-transfer',
    signedMinor,
    secondOfDay: 6 * 3600 + (Math.abs(signedMinor) % 7200),
    information: `${name} ${reference}`,
    reference,
    counterparty: { name, identification: inventedAccount(name) },
    ...(purpose ? { categoryPurposeCode: purpose } : {}),
  };
}

function debit(name: string, reference: string, signedMinor: number): PlannedEntry {
  return { ...transfer(name, reference, signedMinor), kind: 'direct-debit' };
}

function interest(signedMinor: number): PlannedEntry {
  return { kind: 'interest', signedMinor, secondOfDay: 60, information: 'INTEREST PAID' };
}

function purchases(
  merchants: readonly [Merchant, ...Merchant[]],
  count: number,
  random: Prng,
): PlannedEntry[] {
  return Array.from({ length: count }, () => {
    const { name, categoryCode, from, to } = random.pick(merchants);
    return {
      kind: 'card' as const,
      signedMinor: -random.integer(from, to),
      secondOfDay: random.integer(7 * 3600, 22 * 3600),
      information: name,
      merchant: { name, categoryCode },
    };
  });
}

function abroad(random: Prng): PlannedEntry {
  const { name, categoryCode, from, to } = random.pick(travelMerchants);
  const amountMinor = random.integer(from, to);
  const rate = 0.86;
  return {
    kind: 'card',
    signedMinor: -Math.round(amountMinor * rate),
    secondOfDay: random.integer(9 * 3600, 21 * 3600),
    information: `${name} EUR`,
    merchant: { name, categoryCode },
    exchange: { currency: 'EUR', amountMinor, rate },
  };
}

function sale(random: Prng, from: number, to: number): PlannedEntry {
  const name = random.pick(tradeCustomers);
  return transfer(name, `INV ${random.integer(10_000, 99_999)}`, random.integer(from, to));
}

function supply(random: Prng): PlannedEntry {
  const { name, from, to } = random.pick(tradeSuppliers);
  return transfer(name, `PO ${random.integer(1_000, 9_999)}`, -random.integer(from, to), 'SUPP');
}
