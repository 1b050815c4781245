// What the sandbox was asked, for tests to look at: no bodies, no tokens, no query.
import type { IncomingMessage } from 'node:http';

export interface RequestEntry {
  at: string;
  /** A bank's name, or `directory`. */
  bank: string;
  method: string;
  path: string;
  /** Absent while the answer is being made, and when the connection was closed in place of one. */
  status?: number;
  durationMs?: number;
  interactionId?: string;
  idempotencyKey?: string;
  /** At the token endpoint. */
  grantType?: string;
  /** Of the resource server, e.g. `GET /accounts/{AccountId}/balances`. */
  operation?: string;
  version?: string;
  /** The fault that struck. */
  fault?: string;
  /** The bad answer that was given, and the place in the body that was changed for it. */
  shape?: string;
  place?: string;
  /** The bank has acted though its answer is held back or spoiled. */
  acted?: true;
}

const longest = 10_000;

export class RequestLog {
  #entries: RequestEntry[] = [];
  readonly #open = new WeakMap<IncomingMessage, RequestEntry>();

  begin(request: IncomingMessage, entry: RequestEntry): void {
    if (this.#entries.length >= longest) this.#entries = this.#entries.slice(longest / 2);
    this.#entries.push(entry);
    this.#open.set(request, entry);
  }

  note(request: IncomingMessage, facts: Partial<RequestEntry>): void {
    Object.assign(this.#open.get(request) ?? {}, facts);
  }

  list(): readonly RequestEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
