// How deeply JSON is nested, seen before it is parsed: whatever walks it later, as writing it does, has to climb that
// deep, and the stack ends somewhere.

/** No bank has a reason to come near it. */
const deepest = 200;

const [quote, backslash, opening, closing] = Buffer.from('"\\[]');
/** Without it braces are brackets: this runs over every byte of every answer. */
const likeBrackets = 0xdf;

/** Of text that is no JSON it says nothing of use. */
export function isNestedTooDeeply(json: Buffer): boolean {
  // It takes two bytes to go a level deeper and back.
  if (json.length <= 2 * deepest) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    const bracket = byte & likeBrackets;
    if (byte === quote) at = endOfText(json, at + 1);
    else if (bracket === opening) {
      if (++depth > deepest) return true;
    } else if (bracket === closing) depth--;
  }
  return false;
}

/** Where the quote stands that ends what began before this place. */
function endOfText(json: Buffer, begin: number): number {
  let at = begin;
  for (; at < json.length && json[at] !== quote; at++) if (json[at] === backslash) at++;
  return at;
}
