// A sandbox on free ports for one test file, with its control interface at hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxBank, type SandboxBankOptions, startSandboxBank } from '../../sandbox-bank/bank.ts';

export interface Sandbox extends SandboxBank {
  dataDir: string;
  /** Asks the control interface; answers status and parsed body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }>;
  /** Starts it anew on the same data and the same ports. */
  restart(): Promise<Sandbox>;
  remove(): Promise<void>;
}

export const redirectUri = 'https://127.0.0.1:8081/auth/fragment-redirect';

export async function openSandbox(options: Partial<SandboxBankOptions> = {}): Promise<Sandbox> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-bank-'));
  const ports = options.ports ?? { browser: 0, api: 0, directory: 0, control: 0 };
  const bank = await startSandboxBank({ seed: 1, ...options, dataDir, ports });
  const taken = Object.entries(bank.urls).map(([name, url]) => [name, Number(new URL(url).port)]);
  return {
    ...bank,
    dataDir,
    control: (method, path, body) => askControl(bank.urls.control, method, path, body),
    restart: async () => {
      await bank.close();
      return openSandbox({ ...options, dataDir, ports: { ...ports, ...Object.fromEntries(taken) } });
    },
    remove: async () => {
      await bank.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function askControl(url: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}
