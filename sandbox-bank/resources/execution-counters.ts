// What the bank really carried out, whatever idempotency keys it came under: tests of exactly-once read it here.
import type { Table } from './journal.ts';
import type { PaymentFamily } from './payment-families.ts';

export interface ExecutionCounts {
  consentsCreated: number;
  paymentsExecuted: number;
  /** Payment orders by consent id; more than one under a consent means that it was paid twice. */
  paymentsByConsent: Record<string, number>;
  /** Of families whose payments have such an identification. */
  paymentsByEndToEnd: Record<string, number>;
  paymentsByFamily: Partial<Record<PaymentFamily, number>>;
}

interface Counter {
  kind: 'consents' | 'payments' | 'consent' | 'end-to-end' | 'family';
  of: string;
  count: number;
}

export class ExecutionCounters {
  readonly #counters: Table<Counter>;

  constructor(counters: Table<Counter>) {
    this.#counters = counters;
  }

  countConsent(): void {
    this.#add('consents', '');
  }

  countPayment(family: PaymentFamily, consentId: string, endToEndIdentification: string | undefined): void {
    this.#add('payments', '');
    this.#add('family', family);
    this.#add('consent', consentId);
    if (endToEndIdentification !== undefined) this.#add('end-to-end', endToEndIdentification);
  }

  read(): ExecutionCounts {
    return {
      consentsCreated: this.#counters.get('consents/')?.count ?? 0,
      paymentsExecuted: this.#counters.get('payments/')?.count ?? 0,
      paymentsByConsent: this.#all('consent'),
      paymentsByEndToEnd: this.#all('end-to-end'),
      paymentsByFamily: this.#all('family'),
    };
  }

  #add(kind: Counter['kind'], of: string): void {
    const key = `${kind}/${of}`;
    this.#counters.set(key, { kind, of, count: (this.#counters.get(key)?.count ?? 0) + 1 });
  }

  #all(kind: Counter['kind']): Record<string, number> {
    const ofKind = [...this.#counters.values()].filter((counter) => counter.kind === kind);
    return Object.fromEntries(ofKind.map(({ of, count }) => [of, count]));
  }
}
