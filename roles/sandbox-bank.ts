// The sandbox bank as a process.
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { startSandboxBank } from '../sandbox-bank/bank.ts';

export async function startSandboxBankRole(config: Config) {
  const dataDir = resolve(config.SANDBOX_BANK_DIR ?? join(config.DATA_DIR, 'sandbox-bank'));
  const bank = await startSandboxBank({
    dataDir,
    host: config.SANDBOX_BANK_HOST,
    seed: config.SANDBOX_BANK_SEED,
    ports: {
      browser: config.SANDBOX_BANK_BROWSER_PORT,
      api: config.SANDBOX_BANK_API_PORT,
      directory: config.SANDBOX_BANK_DIRECTORY_PORT,
      control: config.SANDBOX_BANK_CONTROL_PORT,
    },
    tppRedirectUris: ['query', 'fragment'].map((mode) => `${publicUrl(config)}/auth/${mode}-redirect`),
    ...(config.TEST_CLOCK_FILE === undefined ? {} : { clockFile: config.TEST_CLOCK_FILE }),
  });
  return {
    addresses: {
      ...bank.urls,
      caFile: bank.caFile,
      tppDir: bank.tppDir,
      serverCertificateFile: join(dataDir, 'pki', 'server-localhost.pem'),
      serverKeyFile: join(dataDir, 'pki', 'server-localhost.key'),
    },
    stop: bank.close,
  };
}

const publicUrl = ({ PUBLIC_URL, PUBLIC_HOST, PUBLIC_PORT }: Config) =>
  PUBLIC_URL ?? `https://${PUBLIC_HOST}:${PUBLIC_PORT}`;
