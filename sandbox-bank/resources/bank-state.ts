// One personality's memory: its customers' accounts, the consents they gave and the payments made under them.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { type BankAccount, bankAccounts } from '../data/accounts.ts';
import { withFiller } from '../data/filler.ts';
import { type BankTransaction, transactionsOf } from '../data/transactions.ts';
import { bankUsers } from '../data/users.ts';
import { checkDecision } from './consent-decision.ts';
import { ExecutionCounters } from './execution-counters.ts';
import { Journal, type Table } from './journal.ts';
import { amountOf } from './money.ts';
import { isPaymentFamily, paymentFamilies } from './payment-families.ts';
import { sumOf } from './payment-file.ts';
import type {
  AccountAccessConsent,
  Consent,
  ConsentFamily,
  FileTransaction,
  FundsConsent,
  IdempotencyRecord,
  Payment,
  PaymentConsent,
  StoredConsent,
  StoredFile,
  UploadedFile,
} from './records.ts';
import { UnattendedReads } from './unattended-reads.ts';

export interface BankStateOptions {
  /** The same seed and first day give the same accounts and transactions. */
  seed: string;
  clock: Clock;
  /** Where to remember across restarts; without it everything is forgotten at exit. */
  folder?: string;
}

/** What a new consent brings; the rest follows. */
export type NewConsent = Brought<AccountAccessConsent> | Brought<PaymentConsent> | Brought<FundsConsent>;
type Brought<Stored> = Omit<
  Stored,
  'consentId' | 'status' | 'createdAtMs' | 'statusChangedAtMs' | 'accountIds'
>;

function prefixOf(family: ConsentFamily): string {
  if (family === 'account-access') return 'aac';
  return family === 'funds-confirmation' ? 'fcc' : paymentFamilies[family].prefix;
}

export class BankState {
  readonly users = bankUsers;
  readonly payments: Table<Payment>;
  readonly idempotencyKeys: Table<IdempotencyRecord>;
  readonly unattendedReads = new UnattendedReads();
  readonly #clock: Clock;
  readonly #seed: string;
  readonly #consents: Table<StoredConsent>;
  readonly #files: Table<StoredFile>;
  readonly #paymentsByAccount = new Map<string, Payment[]>();
  readonly #counters: ExecutionCounters;
  readonly #transactions = new Map<string, BankTransaction[]>();
  readonly #filled = new Map<string, { atLeast: number; history: readonly BankTransaction[] }>();
  readonly #historyEndsMs: number;

  constructor(options: BankStateOptions) {
    const journal = new Journal(
      options.folder === undefined ? undefined : join(options.folder, 'resources.jsonl'),
    );
    this.#clock = options.clock;
    this.#seed = options.seed;
    this.#consents = journal.table('consents');
    this.#files = journal.table('files');
    this.payments = journal.table('payments');
    this.idempotencyKeys = journal.table('idempotency-keys');
    this.#counters = new ExecutionCounters(journal.table('counters'));
    for (const payment of this.payments.values()) this.#index(withFamily(payment));
    const settings = journal.table<{ historyEndsMs: number }>('settings');
    // Fixed at the first start: history must not be made anew, with other ids, at each restart.
    if (!settings.get('data')) settings.set('data', { historyEndsMs: options.clock.nowMs() });
    this.#historyEndsMs = settings.get('data')?.historyEndsMs ?? options.clock.nowMs();
  }

  readonly consents = { get: (consentId: string): StoredConsent | undefined => this.#consent(consentId) };

  addConsent<New extends NewConsent>(consent: New): StoredConsent {
    const nowMs = this.#clock.nowMs();
    const stored: StoredConsent = {
      ...consent,
      consentId: `${prefixOf(consent.family)}-${randomUUID()}`,
      // A file has to come before a customer can be asked about it.
      status: consent.family === 'file-payment' ? 'AWUP' : 'AWAU',
      createdAtMs: nowMs,
      statusChangedAtMs: nowMs,
      accountIds: [],
    };
    this.#consents.set(stored.consentId, stored);
    this.#counters.countConsent();
    return stored;
  }

  removeConsent(consentId: string): void {
    this.#consents.delete(consentId);
  }

  /** The customer said yes. Throws when the consent cannot be authorised (any more) or the accounts do not fit. */
  authoriseConsent(consentId: string, choice: { psu: string; accountIds: string[] }): void {
    const consent = this.#known(consentId);
    checkDecision(consent, this.users, choice);
    Object.assign(consent, { psu: choice.psu, accountIds: [...choice.accountIds] });
    this.#move(consent, 'AUTH');
  }

  /** The customer said no. Throws when there is nothing to decide; an access already given stays as it is. */
  rejectConsent(consentId: string): void {
    const consent = this.#known(consentId);
    if (consent.status !== 'AWAU')
      throw new Error(`consent is ${consent.status}, not awaiting authorisation`);
    this.#move(consent, 'RJCT');
  }

  /** The customer withdraws at the bank what was given for longer. Throws when there is nothing to withdraw. */
  cancelConsent(consentId: string): void {
    const consent = this.#known(consentId);
    if (isPaymentFamily(consent.family) || consent.status !== 'AUTH')
      throw new Error('no access to withdraw');
    this.#move(consent, 'CANC');
  }

  /** The bank itself ends a payment consent that it cannot go on with. */
  turnDown(consentId: string): void {
    this.#move(this.#known(consentId), 'RJCT');
  }

  /** The file of a consent is there and good: the customer may be asked. */
  receiveFile(consent: PaymentConsent, file: UploadedFile, transactions: FileTransaction[]): void {
    const { contentType, bytes } = file;
    const base64 = Buffer.from(bytes).toString('base64');
    this.#files.set(consent.consentId, { contentType, base64, transactions });
    consent.payment = { ...consent.payment, amount: amountOf(sumOf(transactions), 'GBP').Amount };
    this.#move(consent, 'AWAU');
  }

  fileOf(consentId: string): (UploadedFile & { transactions: FileTransaction[] }) | undefined {
    const file = this.#files.get(consentId);
    if (!file) return undefined;
    const { contentType, base64, transactions } = file;
    return { contentType, bytes: Buffer.from(base64, 'base64'), transactions };
  }

  /** Carries a payment out: it counts, and uses its consent up. */
  execute(
    consent: PaymentConsent,
    payment: Omit<Payment, 'paymentId' | 'family' | 'createdAtMs' | 'readAtMs'>,
  ): Payment {
    const { family, consentId } = consent;
    const executed: Payment = {
      ...payment,
      family,
      paymentId: randomUUID(),
      createdAtMs: this.#clock.nowMs(),
      readAtMs: [],
    };
    this.payments.set(executed.paymentId, executed);
    this.#index(executed);
    this.#counters.countPayment(family, consentId, consent.data.Initiation.EndToEndIdentification);
    this.#move(consent, 'COND');
    return executed;
  }

  paymentsFrom(accountId: string): readonly Payment[] {
    return this.#paymentsByAccount.get(accountId) ?? [];
  }

  account(accountId: string): BankAccount | undefined {
    return bankAccounts.find((account) => account.accountId === accountId);
  }

  /** What the account saw before the bank was first started, the newest first; filled up to so many at the least. */
  history(account: BankAccount, atLeast = 0): readonly BankTransaction[] {
    const filled = this.#filled.get(account.accountId);
    if (filled?.atLeast === atLeast) return filled.history;
    const history = withFiller(account, this.#ownHistory(account), atLeast);
    this.#filled.set(account.accountId, { atLeast, history });
    return history;
  }

  #ownHistory(account: BankAccount): readonly BankTransaction[] {
    const known = this.#transactions.get(account.accountId);
    if (known) return known;
    const made = transactionsOf(account, this.#seed, this.#historyEndsMs);
    this.#transactions.set(account.accountId, made);
    return made;
  }

  counters() {
    return this.#counters.read();
  }

  #known(consentId: string): StoredConsent {
    const consent = this.#consent(consentId);
    if (!consent) throw new Error('unknown consent');
    return consent;
  }

  /** An access whose time is over says so from then on. */
  #consent(consentId: string): StoredConsent | undefined {
    const consent = this.#consents.get(consentId);
    const lapses = consent?.status === 'AUTH' ? consent.expiresAtMs : undefined;
    if (consent && lapses !== undefined && lapses <= this.#clock.nowMs()) this.#move(consent, 'EXPD', lapses);
    return consent;
  }

  #move(consent: StoredConsent, status: Consent['status'], atMs = this.#clock.nowMs()): void {
    Object.assign(consent, { status, statusChangedAtMs: atMs });
    this.#consents.set(consent.consentId, consent);
  }

  #index(payment: Payment): void {
    const others = this.#paymentsByAccount.get(payment.debtorAccountId) ?? [];
    others.push(payment);
    this.#paymentsByAccount.set(payment.debtorAccountId, others);
  }
}

/** Kept by a bank that had domestic payments only. */
function withFamily(payment: Payment): Payment {
  return Object.assign(payment, { family: payment.family ?? 'domestic-payment' });
}
