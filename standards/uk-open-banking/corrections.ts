// Corrections of known defects in the published documents, applied wherever schemas are used; published/ stays as it is.

type Json = string | number | boolean | null | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };

interface Correction {
  /** Published name of the document, such as `v4.0/payment-initiation`. */
  document: string;
  /** Member names from the document's root down to the value. */
  at: string[];
  change: (value: Json) => Json;
  reason: string;
}

const withCodes =
  (...missing: string[]) =>
  (value: Json): Json => {
    if (!Array.isArray(value)) throw new Error('a list of codes was expected');
    return [...value, ...missing.filter((code) => !value.includes(code))];
  };

const statusOf = (schema: string) => [
  'components',
  'schemas',
  schema,
  'properties',
  'Data',
  'properties',
  'Status',
  'enum',
];

const completedReason =
  'Only INCO says what InitiationCompleted of v3.1 says; the text has it in the details of scheduled payments.';

const mnemonicReason = 'A backslash too many: as published it wants a literal one before the letter w.';

export const corrections: readonly Correction[] = [
  ...['v3.1/account-info', 'v4.0/account-info'].map((document) => ({
    document,
    at: ['components', 'schemas', 'OB_CodeMnemonic', 'pattern'],
    change: () => '^\\w{0,4}$',
    reason: mnemonicReason,
  })),
  {
    document: 'v4.0/payment-initiation',
    at: ['components', 'schemas', 'LEI', 'pattern'],
    change: () => '^[A-Z0-9]{18,18}[0-9]{2,2}$',
    reason:
      'ISO 17442 reserves no zeros at the fifth place, and the end is not anchored; the account information document has it right.',
  },
  // What is told of the payment as a whole is told of its detail too.
  ...[[], ['StatusDetail', 'properties']].map((below) => ({
    document: 'v4.0/payment-initiation',
    at: ['components', 'schemas', 'OBWritePaymentDetails1', 'properties', ...below, 'Status', 'enum'],
    change: withCodes('RCVD', 'CANC', 'INCO'),
    reason:
      'The text names RCVD as the first status, and CANC and INCO for scheduled payments and standing orders.',
  })),
  {
    document: 'v4.0/payment-initiation',
    at: statusOf('OBWriteDomesticScheduledResponse5'),
    change: withCodes('ACCC', 'INCO'),
    reason: `The status model of the text ends with ACCC. ${completedReason}`,
  },
  {
    document: 'v4.0/payment-initiation',
    at: statusOf('OBWriteInternationalResponse5'),
    change: withCodes('RCVD'),
    reason: 'The text names RCVD as the first status.',
  },
  {
    document: 'v4.0/payment-initiation',
    at: statusOf('OBWriteInternationalScheduledResponse6'),
    change: withCodes('RCVD', 'CANC', 'INCO'),
    reason: `The text names RCVD as the first status and lets a future-dated payment be cancelled. ${completedReason}`,
  },
  {
    document: 'v4.0/payment-initiation',
    at: statusOf('OBWriteFileResponse3'),
    change: withCodes('RCVD', 'RJCT'),
    reason: 'The text says that a file begins with RCVD and may be refused.',
  },
];

/** The document with its corrections. Throws when a corrected place is gone: the publisher may have mended it. */
export function corrected<Document extends object>(name: string, document: Document): Document {
  const copy = structuredClone(document);
  for (const { document: concerned, at, change } of corrections) {
    if (concerned !== name) continue;
    const last = at.at(-1) ?? '';
    const holder = at
      .slice(0, -1)
      .reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), copy);
    const value = isObject(holder) ? holder[last] : undefined;
    if (!isObject(holder) || value === undefined)
      throw new Error(`${name} has nothing to correct at ${at.join('/')}`);
    holder[last] = change(value);
  }
  return copy;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
