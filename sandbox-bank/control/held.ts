// Requests that tests hold at the bank, for as long as they like: at a moment that is known, whatever else is slow.

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
}

export class HeldRequests {
  readonly #held = new Map<string, { request: HeldRequest; release(how: Release): void }>();
  #next = 1;

  /** Resolves when it is released. A client that has gone meanwhile changes nothing. */
  hold(request: Omit<HeldRequest, 'id'>): Promise<Release> {
    const id = String(this.#next);
    this.#next += 1;
    return new Promise((release) => {
      this.#held.set(id, { request: { id, ...request }, release });
    });
  }

  list(): HeldRequest[] {
    return [...this.#held.values()].map(({ request }) => request);
  }

  /** @returns whether there was such a request */
  release(id: string, how: Release): boolean {
    this.#held.get(id)?.release(how);
    return this.#held.delete(id);
  }
}
