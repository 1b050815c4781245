// How deeply JSON is nested, seen before it is parsed: whatever walks it later, as writing it does, has to climb that
// deep, and the stack ends somewhere.

/** No bank has a reason to come near it. */
const deepest = 200;

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('"\\{}[]');

/** Of text that is no JSON it says nothing of use. */
export function isNestedTooDeeply(json: Buffer): boolean {
  // It takes two bytes to go a level deeper and back.
  if (json.length <= 2 * deepest) return false;
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isInText) {
      if (byte === backslash) at++;
      else if (byte === quote) isInText = false;
    } else if (byte === quote) isInText = true;
    else if (byte === openBrace || byte === openBracket) {
      if (++depth > deepest) return true;
    } else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return false;
}
