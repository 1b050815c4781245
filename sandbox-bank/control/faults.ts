// Faults that tests order: which requests they hit and how often. Kinds and the moment each strikes are told in Fault.
import { z } from 'zod';
import { type NamedOperation, operationNames } from '../resources/operation-of.ts';
import { shapeNames } from './bad-answers/shapes.ts';

const wording = { body: z.string().optional() };

export const Fault = z.discriminatedUnion('kind', [
  /** Answers late: the bank acts after the delay. */
  z.strictObject({ kind: z.literal('delay'), ms: z.int().positive() }),
  /** Answers with this status in place of acting. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfter: z.union([z.string(), z.int()]).optional(),
    ...wording,
  }),
  /** The connection ends before the bank has acted. */
  z.strictObject({ kind: z.literal('close-before') }),
  /** The bank acts, and the connection ends in place of an answer. */
  z.strictObject({ kind: z.literal('close-after') }),
  /** The bank acts at once and answers late. */
  z.strictObject({ kind: z.literal('delay-answer'), ms: z.int().positive() }),
  /** Held before the bank acts, until released (`held.ts`). */
  z.strictObject({ kind: z.literal('hold') }),
  /** The bank acts at once; its answer is held until released. */
  z.strictObject({ kind: z.literal('hold-answer') }),
  /** The bank acts; half of its answer arrives. */
  z.strictObject({ kind: z.literal('truncate') }),
  /** The bank acts; the body is nonsense under the right content type. */
  z.strictObject({ kind: z.literal('garbage'), ...wording }),
  /** The bank acts; the answer claims to be HTML. */
  z.strictObject({ kind: z.literal('content-type'), ...wording }),
  /** The bank acts; its answer is replaced by one that is bad in a way that has a name (`bad-answers/shapes.ts`). */
  z.strictObject({ kind: z.literal('bad-answer'), shape: z.enum(shapeNames) }),
]);

export type Fault = z.output<typeof Fault>;

export const FaultRule = z.strictObject({
  /** A bank's name, `directory`, or left out for all. */
  bank: z.string().optional(),
  method: z.string().optional(),
  /** Below the bank's name, e.g. `/token` or `/open-banking/*` + `/pisp/domestic-payments`; a star stands for anything. */
  path: z.string().startsWith('/').default('/*'),
  /** Of the resource server, e.g. `GET /accounts/{AccountId}/balances`. */
  operation: z.enum(operationNames).optional(),
  version: z.enum(['v3.1', 'v4.0']).optional(),
  /** So many requests are hit, then the rule has done; left out: until it is removed. */
  times: z.int().positive().optional(),
  fault: Fault,
});

export type FaultRule = z.output<typeof FaultRule>;

/** A request as rules look at it. */
export interface Struck {
  bank: string;
  method: string;
  path: string;
  operation: NamedOperation | undefined;
}

export interface OrderedFault extends FaultRule {
  id: string;
  hits: number;
}

export class Faults {
  readonly #rules = new Map<string, OrderedFault>();
  #next = 1;

  order(rule: FaultRule): OrderedFault {
    const ordered = { ...rule, id: String(this.#next), hits: 0 };
    this.#next += 1;
    this.#rules.set(ordered.id, ordered);
    return ordered;
  }

  list(): OrderedFault[] {
    return [...this.#rules.values()];
  }

  remove(id?: string): void {
    if (id === undefined) this.#rules.clear();
    else this.#rules.delete(id);
  }

  /** The fault for a request, the oldest rule first; it counts as a hit. */
  strike(request: Struck): Fault | undefined {
    const rule = this.list().find((candidate) => hits(candidate, request));
    if (!rule) return undefined;
    rule.hits += 1;
    return rule.fault;
  }
}

function hits(rule: OrderedFault, { bank, method, path, operation }: Struck): boolean {
  if (rule.times !== undefined && rule.hits >= rule.times) return false;
  if (rule.bank !== undefined && rule.bank !== bank) return false;
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.operation !== undefined && rule.operation !== operation?.name) return false;
  if (rule.version !== undefined && rule.version !== operation?.version) return false;
  const pattern = rule.path
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(path);
}
