// What a bad answer is: a name, a sentence, and how the good answer that the bank was about to give becomes it.
import type { OutgoingHttpHeaders } from 'node:http';
import type { NamedOperation } from '../../resources/operation-of.ts';

/** The answer as the bank would have given it. */
export interface GoodAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
  /** The body read; nothing when it is no JSON, as of files and of answers without a body. */
  json: unknown;
  /** Nothing for what is no operation of a resource server. */
  operation?: NamedOperation | undefined;
  request: { url: string; authorization: string };
}

/** Sent as HTTP has it: with the right length, under the good answer's status and headers but for those stated. */
export interface Sound {
  status?: number;
  /** Null leaves one out. */
  headers?: Record<string, string | null>;
  body?: string | Buffer;
}

/** Sent byte by byte as it stands, head included; then the connection ends. */
export interface Raw {
  steps: Iterable<Step>;
}

export type Step = string | Buffer | { waitMs: number } | 'the connection is reset';
export const reset = 'the connection is reset';

/** A change of the JSON in place; answers what was changed, e.g. `Data.Account[0].AccountId`, or nothing if it found nothing to change. */
export interface Changed {
  change(json: Record<string, unknown>, answer: GoodAnswer): string | undefined;
}

export interface BadShape {
  name: string;
  /** What is wrong, in one sentence. */
  is: string;
  /** Never comes to an end by itself: only a client that has limits gets away from it. */
  endless?: true;
  answer: ((answer: GoodAnswer) => Sound | Raw) | Changed;
}

export function isChanged(answer: BadShape['answer']): answer is Changed {
  return typeof answer === 'object';
}

/** The head of an answer with the good one's headers but for those that say how long it is. */
export function headOf(
  { status, headers }: GoodAnswer,
  own: Record<string, string | number> = {},
  statusLine = `HTTP/1.1 ${status} OK`,
): string {
  const kept = Object.entries(headers).filter(
    ([name]) => !['content-length', 'transfer-encoding', 'connection', ...Object.keys(own)].includes(name),
  );
  const lines = [...kept, ...Object.entries(own)].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${statusLine}\r\n${lines.join('')}\r\n`;
}

export function chunkOf(bytes: Buffer | string): Buffer {
  const data = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}
