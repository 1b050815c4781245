// The answer to a read as it leaves: what the bank wrote is handed on byte for byte around its links, because writing long
// pages anew costs as much as reading them. Where that is not certain to say the same, the whole is written anew.
import { isUtf8 } from 'node:buffer';
import type { ExternalApiMembers } from './external-api-response.ts';

const linksName = '"Links"';
/** Quotes are everywhere: without its first one it is found a hundred times sooner. */
const restOfName = linksName.slice(1);
/** Links and what follows them; they stand at the end. */
const longestEndBytes = 4_096;
const flatObject = /^\s*:\s*\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}/s;

/** @param source what the bank sent, when `ExternalApiResponse` differs from it in its links alone */
export function writtenAnswer(
  members: ExternalApiMembers,
  source?: Buffer,
): string | Uint8Array<ArrayBuffer> {
  const { ExternalApiResponse: body, ...others } = members;
  const parts = source === undefined ? undefined : withLinksOf(body, source);
  if (parts === undefined) return JSON.stringify(members);
  const [head, end] = parts;
  const rest = `${end},${JSON.stringify(others).slice(1)}`;
  return Buffer.concat([Buffer.from('{"ExternalApiResponse":'), head, Buffer.from(rest)]);
}

/** @returns what comes before the links, and the rest with the links of the body */
function withLinksOf(body: unknown, source: Buffer): [Buffer, string] | undefined {
  const at = source.lastIndexOf(linksName);
  const isAtEnd = at !== -1 && source.length - at <= longestEndBytes;
  if (!isAtEnd || source.indexOf(restOfName) !== at + 1 || !isUtf8(source)) return undefined;
  const end = source.toString('utf8', at + linksName.length);
  const [links] = flatObject.exec(end) ?? [];
  if (links === undefined || !hasLinks(body)) return undefined;
  const rest = end.slice(links.length);
  return closesBody(rest)
    ? [source.subarray(0, at), `${linksName}:${JSON.stringify(body.Links)}${rest}`]
    : undefined;
}

/** Then the links were a member of the outermost object, and there are no others behind them, however they are spelt. */
function closesBody(rest: string): boolean {
  try {
    return !hasLinks(JSON.parse(`{"":0${rest}`));
  } catch {
    return false;
  }
}

function hasLinks(body: unknown): body is { Links: unknown } {
  return typeof body === 'object' && body !== null && 'Links' in body;
}
