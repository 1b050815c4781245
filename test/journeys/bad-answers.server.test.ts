// Every way in which a bank can answer badly, at everything that is asked of it without a journey: each ends in an answer or a typed problem that says what was
// wrong, none in an error of ours, and none stays in memory.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import {
  askedAccount,
  askFunds,
  authorise,
  type Consent,
  create,
  createAccess,
  createFundsConsent,
  read,
  register,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type Answer, type House, openHouse } from './house.ts';

interface Shape {
  name: string;
  /** Depends on what is asked for: a member is changed. */
  changesJson: boolean;
  /** Only a client that has limits gets away from it. */
  endless: boolean;
}

interface Bank {
  name: string;
  registrationId: string;
  version: string;
  consent: Consent;
  funds: Consent;
  account: string;
  statement: string;
}

const { createFundsConfirmation, getFundsConfirmationConsent } = confirmationOfFunds;
const asked: Endpoint[] = [
  ...Object.values<Endpoint>(accountInformation).filter(({ grant }) => grant === 'authorization-code'),
  accountInformation.getAccountAccessConsent,
  getFundsConfirmationConsent,
  createFundsConfirmation,
];

/** Legal, if odd: whoever is asked gets the answer. */
const legal = new Set([
  ...['chunks-of-one-byte', 'http-1-0', 'interaction-id-foreign', 'interaction-id-missing', 'signature-junk'],
  ...['many-members', 'additional-members', 'proto-members', 'lone-surrogates', 'list-empty'],
]);
/** The bank takes the token for ended once; a fresh one is made, and the read repeated. */
const ended = new Set(['401-bare', '401-page']);
/** A pause that is asked for is about more than one endpoint. */
const pausing = new Set(['429-in-seconds', '429-until', '503-in-seconds']);
const wrongInRequired = ['required-missing', 'required-null', 'required-of-another-type'];
/** Every member that is required there belongs to one that is not. */
const withoutRequired = ['/beneficiaries', '/party'];
const wrongInOptional = [
  'optional-of-another-type',
  'optional-null',
  'meta-wrong',
  'links-null',
  'unknown-code',
];

const withoutData = ['data-missing', 'data-null', 'data-array', 'empty-body', 'html-200', 'cut-json'];

const codes = ['bank-response-invalid', 'bank-unavailable', 'bank-timeout', 'bank-rejected-request']
  .concat('bank-rate-limited', 'client-refused')
  .sort();

let folder: string;
let house: House;
let banks: [Bank, Bank];
let shapes: Shape[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bad-answers-'));
  house = await openHouse({
    // Circuits and places have tests of their own.
    ...{ BANK_TIMEOUT_MS: '5000', BANK_CIRCUIT_FAILURES: '9999', BANK_CONCURRENCY: '500' },
    NODE_OPTIONS: `--import ${new URL('heap-recorder.mjs', import.meta.url).href}`,
    HEAPS_SEEN: join(folder, 'heap'),
  });
  shapes = await house.control('GET', '/bad-answers');
  const inVersion4 = await register(house, 'Sandbox_Hybrid');
  const inVersion3 = await register(house, 'Sandbox_Jarm', inVersion4.SoftwareStatementId, {
    ...{ AispUseV4: false, CbpiiUseV4: false },
  });
  banks = [await openBank('hybrid', 'v4.0', inVersion4.Id), await openBank('jarm', 'v3.1', inVersion3.Id)];
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openBank(name: string, version: string, registrationId: string): Promise<Bank> {
  const consent = await createAccess(house, registrationId);
  await authorise(house, 'account-access', consent);
  const funds = await createFundsConsent(house, registrationId);
  await authorise(house, 'funds-confirmation', funds);
  const { body: accounts } = await read(house, consent, '/aisp/accounts');
  const account = accounts.ExternalApiResponse.Data.Account[0].AccountId;
  const { body: statements } = await read(house, consent, `/aisp/accounts/${account}/statements`);
  const statement = statements.ExternalApiResponse.Data.Statement[0].StatementId;
  return { name, registrationId, version, consent, funds, account, statement };
}

const pathOf = ({ path }: Endpoint, { account, statement }: Bank) =>
  `/aisp${path.replace('{AccountId}', account).replace('{StatementId}', statement)}`;

function ask(bank: Bank, endpoint: Endpoint): Promise<Answer> {
  if (endpoint === createFundsConfirmation)
    return askFunds(house, bank.funds, { Amount: '1.00', Currency: 'GBP' });
  if (endpoint === accountInformation.getAccountAccessConsent)
    return house.ask('GET', `/aisp/account-access-consents/${bank.consent.id}`);
  if (endpoint === getFundsConfirmationConsent)
    return house.ask('GET', `/cbpii/funds-confirmation-consents/${bank.funds.id}`);
  return read(house, bank.consent, pathOf(endpoint, bank));
}

/** What the bank answers in this shape. */
async function askBadly(bank: Bank, endpoint: Endpoint, shape: string): Promise<Answer | 'broken off'> {
  const { id } = await house.control('POST', '/faults', {
    ...{ bank: bank.name, version: bank.version, operation: `${endpoint.method} ${endpoint.path}`, times: 1 },
    fault: { kind: 'bad-answer', shape },
  });
  const answer = await askOrBreakOff(bank, endpoint);
  await house.control('DELETE', `/faults/${id}`);
  return answer;
}

async function askOrBreakOff(bank: Bank, endpoint: Endpoint): Promise<Answer | 'broken off'> {
  try {
    return await ask(bank, endpoint);
  } catch (error) {
    // A file whose bytes stop is broken off, since its head has been passed on.
    if (endpoint.response === 'file') return 'broken off';
    throw error;
  }
}

async function bytesInUse(): Promise<number> {
  const { pid } = house.everything.roles.api;
  const file = join(folder, `heap.${pid}`);
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  return eventually(async () => {
    expect(existsSync(file)).toBe(true);
    return Number(readFileSync(file, 'utf8'));
  });
}

function complaintOf(shape: Shape, endpoint: Endpoint, answer: Answer | 'broken off'): string | undefined {
  const isFile = endpoint.response === 'file';
  const { name } = shape;
  if (answer === 'broken off') return isFile ? undefined : 'was broken off';
  const { status, body } = answer;
  if (status === 200 || status === 201) {
    if (isFile) return undefined;
    if (withoutData.includes(name)) return 'was handed on though nothing is there';
    if (!wrongInRequired.includes(name)) return undefined;
    // Of a consent more is known here than the bank tells.
    const isOptional = [...withoutRequired, '{ConsentId}'].some((end) => endpoint.path.endsWith(end));
    if (isOptional && body.Warnings?.length > 0) return undefined;
    return 'was handed on though something required is wrong';
  }
  if (!codes.includes(body?.code)) return `ended in ${status} ${body?.code}`;
  if (legal.has(name) || ended.has(name)) return `was refused: ${status} ${body?.code}`;
  if (wrongInOptional.includes(name) && !isFile)
    return `was refused for something optional: ${status} ${body?.code}`;
  return undefined;
}

describe('whatever a bank answers', () => {
  const answers: string[] = [];
  const complaints: string[] = [];

  async function readAndJudge(endpoint: Endpoint, bank: Bank, shape: Shape): Promise<void> {
    const answer = await askBadly(bank, endpoint, shape.name);
    const place = `${endpoint.path} in ${bank.version}, ${shape.name}`;
    answers.push(place);
    const complaint = complaintOf(shape, endpoint, answer);
    if (complaint !== undefined) complaints.push(`${place}: ${complaint}`);
  }

  const bankFor = (read: number, shape: number) => banks[(read + shape) % 2 === 0 ? 0 : 1];

  it('in at least sixty shapes ends in an answer or in a typed problem, and leaves nothing behind', async () => {
    const once = shapes.filter(({ name, endless }) => !pausing.has(name) && !endless);
    // What is wrong whatever was asked for is tried at every second endpoint.
    const shapesFor = (at: number) =>
      once.filter(({ changesJson }, shape) => changesJson || (shape + at) % 2 === 0);
    const before = await bytesInUse();
    const waiting = [...asked.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [at, endpoint] = next;
        const tried = shapesFor(at);
        expect(tried.length).toBeGreaterThanOrEqual(60);
        // Half of them in either version.
        for (const [index, shape] of tried.entries()) await readAndJudge(endpoint, bankFor(at, index), shape);
      }
    };
    await Promise.all(Array.from({ length: 4 }, work));
    expect(complaints).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(asked.length * 60);
    expect((await bytesInUse()) - before).toBeLessThan(50 * 1024 * 1024);
  }, 300_000);

  it('and never ends, is given up', async () => {
    const endless = shapes.filter((shape) => shape.endless);
    expect(endless.length).toBeGreaterThanOrEqual(5);
    // Files have limits of their own, and a test about them: bank-client/open-file.
    const pages = asked.filter(({ response }) => response === 'json');
    const before = answers.length;
    for (const [at, shape] of endless.entries())
      await Promise.all(pages.map((endpoint, read) => readAndJudge(endpoint, bankFor(read, at), shape)));
    expect(complaints).toEqual([]);
    expect(answers.length - before).toBe(pages.length * endless.length);
  }, 120_000);

  it('and asks for a pause, gets it', async () => {
    const transactions = accountInformation.getAccountTransactions;
    for (const shape of pausing) {
      const bank = bankFor(0, answers.push(shape));
      const { status, body } = (await askBadly(bank, transactions, shape)) as Answer;
      expect([shape, codes.includes(body.code), status >= 400]).toEqual([shape, true, true]);
      const paused = await read(house, bank.consent, pathOf(transactions, bank));
      expect([shape, paused.status, Number(paused.headers.get('retry-after')) > 0]).toEqual([
        shape,
        status,
        true,
      ]);
      await house.moveClockMs(25 * 60 * 60 * 1000);
      expect([shape, (await read(house, bank.consent, pathOf(transactions, bank))).status]).toEqual([
        shape,
        200,
      ]);
    }
  });

  it('to a journey that makes or deletes a consent, it goes on or ends in a typed problem', async () => {
    const once = shapes.filter(({ name, endless }) => !pausing.has(name) && !endless);
    const families = ['account-access', 'funds-confirmation'] as const;
    const tried = new Map<string, number>();
    const wrong: string[] = [];
    async function badly(bank: Bank, operation: string, shape: string, ask: () => Promise<Answer>) {
      const { id } = await house.control('POST', '/faults', {
        ...{ bank: bank.name, version: bank.version, operation, times: 1 },
        fault: { kind: 'bad-answer', shape },
      });
      const answer = await ask();
      await house.control('DELETE', `/faults/${id}`);
      tried.set(operation, (tried.get(operation) ?? 0) + 1);
      const isTyped = [...codes, 'authorisation-needed'].includes(answer.body?.code);
      if (answer.status > 201 && !isTyped)
        wrong.push(`${operation}, ${shape}: ${answer.status} ${answer.body?.code}`);
      return answer;
    }
    const makeAndDelete = async (bank: Bank, family: (typeof families)[number], mine: Shape[]) => {
      const path = `/${family}-consents`;
      const own = `/${family === 'account-access' ? 'aisp' : 'cbpii'}${path}`;
      const body = {
        BankRegistrationId: bank.registrationId,
        ...(family === 'account-access'
          ? { TemplateRequest: { Type: 'MaximumPermissions' } }
          : { ExternalApiRequest: { Data: { DebtorAccount: askedAccount } } }),
      };
      for (const { name } of mine) {
        const made = await badly(bank, `POST ${path}`, name, () => house.ask('POST', own, body));
        const { Id } = made.status === 201 ? made.body : await create(house, own, body);
        await badly(bank, `DELETE ${path}/{ConsentId}`, name, () => house.ask('DELETE', `${own}/${Id}`));
      }
    };
    const half = (at: number) => once.filter((_, index) => index % 2 === at);
    await Promise.all(
      families.flatMap((family, first) =>
        banks.map((bank, at) => makeAndDelete(bank, family, half((first + at) % 2))),
      ),
    );
    expect(wrong).toEqual([]);
    expect([...tried.values()].map((times) => times >= 60)).toEqual([true, true, true, true]);
  }, 300_000);

  it('is no error of ours in the log', () => {
    expect(house.logOf('api')).not.toContain('internal error');
  });
});
