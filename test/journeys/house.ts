// The whole connector for one test file: API, worker and sandbox bank as processes, on a database, a task queue and
// ports of its own, as in production. The clocks of all of them can be moved.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createSandboxControl, type SandboxControl } from '../../cli/sandbox-customer.ts';
import { readConfig } from '../../config.ts';
import { type Everything, startEverything } from '../../embedded/everything.ts';
import { freePort } from '../../embedded/free-port.ts';
import type { RoleProcess } from '../../embedded/role-process.ts';
import { createDatabase } from '../store/test-database.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
type Json = any;

export interface Answer {
  status: number;
  body: Json;
  headers: Headers;
}

export interface House {
  folder: string;
  everything: Everything;
  /** One request to the API. A string is sent as it is. */
  ask(
    method: string,
    path: string,
    body?: object | string,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** One request to the sandbox's control interface. */
  control(method: string, path: string, body?: object): Promise<Json>;
  /** A customer who signs in and decides. @returns where the bank sends the browser back to */
  authorise: SandboxControl['authorise'];
  moveClockMs(milliseconds: number): Promise<void>;
  /** What the role has logged so far. */
  logOf(role: string): string;
  /** Another worker beside those that run. */
  startWorker(changes?: Record<string, string>): Promise<RoleProcess>;
  close(): Promise<void>;
}

/** @param changes of the configuration */
export async function openHouse(changes: Record<string, string> = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  const database = await createDatabase();
  const name = new URL(database.url).pathname.slice(1);
  const settings = {
    ...(await housePorts()),
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_TASK_QUEUE: name,
    WORKER_DEPLOYMENT: name,
    TEST_CLOCK_FILE: join(folder, 'clock-offset-ms'),
    TEST_CLOCK_RECHECK_MS: '200',
    ...changes,
  };
  const house = houseOf(await startEverything(readConfig(settings)), folder);
  await nameEncryptionKey(house);
  return {
    ...house,
    close: async () => {
      await house.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What tests do with a house that stands already. */
export function houseOf(everything: Everything, folder: string): House {
  const { roles } = everything;
  const apiUrl = roles.api.addresses.api ?? '';
  const controlUrl = roles['sandbox-bank'].addresses.control ?? '';
  const control: House['control'] = async (method, path, body) => {
    const answer = await fetch(`${controlUrl}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox bank: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const started: RoleProcess[] = [];
  return {
    folder,
    everything,
    control,
    ask: (method, path, body, headers = {}) => ask(apiUrl, method, path, body, headers),
    authorise: createSandboxControl(controlUrl).authorise,
    moveClockMs: (advanceMs) => control('POST', '/clock', { advanceMs }),
    logOf: (role) => readFileSync(join(folder, 'logs', `${role}.log`), 'utf8'),
    startWorker: async (changes) => {
      const worker = await everything.start('worker', changes);
      started.push(worker);
      return worker;
    },
    close: async () => {
      await Promise.all(started.map((role) => role.stop()));
      await everything.stop();
    },
  };
}

/** Free ports for everything that listens. */
export function housePorts(): Promise<Record<string, string>> {
  const sandbox = ['BROWSER', 'API', 'DIRECTORY', 'CONTROL'].map((listener) => `SANDBOX_BANK_${listener}`);
  return freePorts('API', 'PUBLIC', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI', ...sandbox);
}

/** On somebody's own Postgres it is the operator who does this. */
async function nameEncryptionKey({ ask, everything }: House): Promise<void> {
  const secrets = everything.environment.SECRETS_DIR ?? '';
  mkdirSync(secrets, { recursive: true });
  writeFileSync(join(secrets, 'encryption.key'), randomBytes(32).toString('base64'));
  const Key = { Source: 'File', Name: 'encryption.key' };
  const path = '/manage/encryption-key-descriptions';
  const { status, body } = await ask('POST', path, { Key, SetAsCurrentEncryptionKey: true });
  if (status !== 201) throw new Error(`encryption key: ${status} ${JSON.stringify(body)}`);
}

async function ask(
  apiUrl: string,
  method: string,
  path: string,
  body: object | string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const isForm = body instanceof URLSearchParams;
  const answer = await fetch(new URL(path, apiUrl), {
    method,
    headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
}

async function freePorts(...names: string[]): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (const name of names) {
    let port: number;
    do port = await freePort();
    while (Object.values(ports).includes(String(port)));
    ports[`${name}_PORT`] = String(port);
  }
  return ports;
}
