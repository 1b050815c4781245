// Where a journey's updates queue up: a handler only leaves a request and waits for its answer, the body serves one
// request after the other, so that two of them can never act on the same consent at once.
import { allHandlersFinished, condition } from '@temporalio/workflow';

/** What can be asked: kind of request to what it takes and what it gives. */
export type Requests = Record<string, { takes: unknown; gives: unknown }>;

export type Ticket<R extends Requests> = {
  [Kind in keyof R]: {
    kind: Kind;
    request: R[Kind]['takes'];
    answer(value: R[Kind]['gives']): void;
    refuse(reason: unknown): void;
  };
}[keyof R];

export interface RequestDesk<R extends Requests> {
  /** For handlers: queues the request; settles when the body has answered or refused it. */
  ask<Kind extends keyof R>(kind: Kind, request: R[Kind]['takes']): Promise<R[Kind]['gives']>;
  /** True when a request is waiting. */
  hasNext(): boolean;
  /** For the body: the next request, waiting for one as long as it takes. */
  next(): Promise<Ticket<R>>;
  /**
   * For the end of the journey: goes on until nobody waits for an answer any more. Whoever still asks would otherwise wait
   * for a body that has gone, and the journey for them.
   */
  close(turnAway: (ticket: Ticket<R>) => void): Promise<void>;
}

export function openRequestDesk<R extends Requests>(): RequestDesk<R> {
  const tickets: Ticket<R>[] = [];
  return {
    ask: (kind, request) =>
      new Promise((answer, refuse) => {
        tickets.push({ kind, request, answer, refuse } as Ticket<R>); // kind and request belong together by the signature
      }),
    hasNext: () => tickets.length > 0,
    next: async () => {
      await condition(() => tickets.length > 0);
      return tickets.shift() as Ticket<R>; // just seen to be there
    },
    close: async (turnAway) => {
      for (;;) {
        await condition(() => tickets.length > 0 || allHandlersFinished());
        const ticket = tickets.shift();
        if (ticket === undefined) return;
        turnAway(ticket);
      }
    },
  };
}
