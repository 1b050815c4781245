// An answer as one text, for keeping it before it is judged.
import type { HttpAnswer } from './http.ts';

export interface ReceivedAnswer extends HttpAnswer {
  /** Milliseconds since 1970: what is said in seconds from now counts from here. */
  receivedAtMs: number;
}

interface RawAnswer extends Omit<ReceivedAnswer, 'body'> {
  body: string;
}

/** Headers that say nothing later are left out: cookies are nobody's business. */
const kept = ['content-type', 'date', 'x-fapi-interaction-id'];

export function writeRawAnswer(
  { method, url, status, headers, body }: HttpAnswer,
  receivedAtMs: number,
): string {
  const raw: RawAnswer = {
    ...{ method, url, status, receivedAtMs },
    headers: Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, headers[name]]] : []))),
    body: body.toString('utf8'),
  };
  return JSON.stringify(raw);
}

/** @param text made by {@link writeRawAnswer} */
export function readRawAnswer(text: string): ReceivedAnswer {
  const raw: RawAnswer = JSON.parse(text);
  return { ...raw, body: Buffer.from(raw.body) };
}
