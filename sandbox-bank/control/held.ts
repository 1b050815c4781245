// Requests that tests hold at the bank, for as long as they like: at a moment that is known, whatever else is slow.
import { setTimeout } from 'node:timers/promises';

/** `close`: the connection ends there. Before the bank has acted: it never does. After: its answer is lost. */
export type Release = 'go-on' | 'close';

export interface HeldRequest {
  id: string;
  bank: string;
  method: string;
  path: string;
  interactionId?: string;
  idempotencyKey?: string;
  /** Whether the bank has acted: its answer is held then, the request otherwise. */
  acted: boolean;
  /** Whoever asked waits no longer. */
  isGone: boolean;
}

interface Held {
  request: Omit<HeldRequest, 'isGone'>;
  isGone(): boolean;
  release(how: Release): void;
}

export class HeldRequests {
  readonly #held = new Map<string, Held>();
  #next = 1;
  #awaited = Promise.withResolvers<void>();

  /** Resolves when it is released. A client that has gone meanwhile changes nothing. */
  hold(request: Omit<HeldRequest, 'id' | 'isGone'>, isGone: () => boolean): Promise<Release> {
    const id = String(this.#next);
    this.#next += 1;
    return new Promise((release) => {
      this.#held.set(id, { request: { id, ...request }, isGone, release });
      this.#awaited.resolve();
      this.#awaited = Promise.withResolvers();
    });
  }

  list(): HeldRequest[] {
    return [...this.#held.values()].map(({ request, isGone }) => ({ ...request, isGone: isGone() }));
  }

  /** Likewise, as soon as there is one, or the time is up. */
  async listWithin(waitMs: number): Promise<HeldRequest[]> {
    if (this.#held.size === 0)
      await Promise.race([this.#awaited.promise, setTimeout(waitMs, undefined, { ref: false })]);
    return this.list();
  }

  /** @returns whether there was such a request */
  release(id: string, how: Release): boolean {
    this.#held.get(id)?.release(how);
    return this.#held.delete(id);
  }
}
