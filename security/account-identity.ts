// The identity of an account that stays the same under every consent that it is seen by: a keyed hash of how it is
// identified (RFC 2104), so that two that are the same can be told to be so, and nothing of the account is told.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** As accounts have them; some have several. */
export interface AccountIdentifier {
  SchemeName: string;
  Identification: string;
  SecondaryIdentification?: string | undefined;
}

/** Banks add and leave out identifiers from one answer to the next: the first of these that there is counts. */
const preferred = ['UK.OBIE.SortCodeAccountNumber', 'UK.OBIE.IBAN', 'UK.OBIE.BBAN'];

const rank = ({ SchemeName }: AccountIdentifier) => {
  const place = preferred.indexOf(SchemeName);
  return place === -1 ? preferred.length : place;
};

/** A masked card number is that of many cards. */
const isMasked = ({ Identification }: AccountIdentifier) => /[*•]/.test(Identification);

/** @returns undefined when nothing tells the account from others */
export function accountIdentity(
  key: Uint8Array,
  identifiers: readonly AccountIdentifier[],
): string | undefined {
  const [chosen] = identifiers
    .filter((each) => !isMasked(each))
    .toSorted((one, other) => rank(one) - rank(other) || compare(one.SchemeName, other.SchemeName));
  if (chosen === undefined) return undefined;
  const { SchemeName, Identification, SecondaryIdentification = '' } = chosen;
  // As JSON, so that no two identifiers spell the same.
  const parts = [SchemeName, compact(Identification)].concat(compact(SecondaryIdentification) || []);
  return hashed(prepared(key), JSON.stringify(parts));
}

/** The same accounts are read over and over. They stay in memory as the tokens that they are read with do. */
function hashed({ secret, made }: Prepared, text: string): string {
  const known = made.get(text);
  if (known !== undefined) return known;
  if (made.size >= mostKept) made.clear();
  const identity = createHmac('sha256', secret).update(text).digest('base64url');
  made.set(text, identity);
  return identity;
}

/** Some write a sort code as 12-34-56, and an IBAN in groups of four. */
const compact = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Preparing a key costs several times what is then done with it, and a page may have many accounts. */
function prepared(key: Uint8Array): Prepared {
  const known = keys.get(key) ?? { secret: createSecretKey(key), made: new Map() };
  keys.set(key, known);
  return known;
}

interface Prepared {
  secret: KeyObject;
  /** By what they were made of. */
  made: Map<string, string>;
}

/** About two megabytes. */
const mostKept = 10_000;
const keys = new WeakMap<Uint8Array, Prepared>();
