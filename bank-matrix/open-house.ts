// A house for the matrix alone: every server and role on free ports, in a folder that is removed afterwards, with the
// sandbox's third party enrolled.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import { startEverything } from '../embedded/everything.ts';
import { freePort } from '../embedded/free-port.ts';
import { type Customer, type Json, openSession } from './session.ts';
import type { Sandbox } from './simulated-banks.ts';

export interface MatrixHouse {
  apiUrl: string;
  sandbox: Sandbox;
  customer: Customer;
  close(): Promise<void>;
}

const listeners = ['API', 'PUBLIC', 'POSTGRES', 'TEMPORAL', 'TEMPORAL_UI'];
const sandboxListeners = ['BROWSER', 'API', 'DIRECTORY', 'CONTROL'];

export async function openHouse(changes: Record<string, string> = {}): Promise<MatrixHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'bank-matrix-'));
  const names = [...listeners, ...sandboxListeners.map((name) => `SANDBOX_BANK_${name}`)];
  const ports: Record<string, string> = {};
  for (const name of names) ports[`${name}_PORT`] = String(await freePort());
  const everything = await startEverything(
    await loadConfig({ ...process.env, DATA_DIR: folder, ...ports, ...changes }),
  );
  const { roles, environment } = everything;
  const controlUrl = roles['sandbox-bank'].addresses.control ?? '';
  const apiUrl = roles.api.addresses.api ?? '';
  const control: Sandbox['control'] = async (method, path, body) => {
    const answer = await fetch(`${controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox bank: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const customer: Customer = {
    authorise: async (url) => (await control('POST', '/psu/authorise', { url, psu: 'alice' })).redirectUrl,
  };
  const tppDir = roles['sandbox-bank'].addresses.tppDir ?? '';
  const enrolled = await enrol(apiUrl, customer, tppDir, environment.SECRETS_DIR ?? '');
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= everything.stop().then(() => rmSync(folder, { recursive: true, force: true }));
    return closing;
  };
  // Whoever breaks a run off must not leave servers behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)));
  return {
    ...{ apiUrl, customer },
    sandbox: { control, clients: new Map(), ...enrolled },
    close,
  };
}

/** Certificates and software statement of the sandbox's third party become the connector's. */
async function enrol(apiUrl: string, customer: Customer, tppDir: string, secretsDir: string) {
  const session = openSession(apiUrl, customer);
  const file = (name: string) => readFileSync(join(tppDir, name), 'utf8');
  const tpp: Json = JSON.parse(file('tpp.json'));
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 });
  const key = (kind: string) => {
    copyFileSync(join(tppDir, `${kind}.key`), join(secretsDir, `${kind}.key`));
    return { Source: 'File', Name: `${kind}.key` };
  };
  const add = (path: string, body: object) => session.call('POST', `/manage/${path}`, { body });
  const obWac = await add('obwac-certificates', {
    AssociatedKey: key('obwac'),
    Certificate: file('obwac.pem'),
  });
  const obSeal = await add('obseal-certificates', {
    ...{ AssociatedKey: key('obseal'), AssociatedKeyId: tpp.sealKeyId, Certificate: file('obseal.pem') },
  });
  const uri = (mode: string) => tpp.redirectUris.find((each: string) => each.endsWith(`/${mode}-redirect`));
  const statement = await add('software-statements', {
    ...{ OrganisationId: tpp.organisationId, SoftwareId: tpp.softwareId, SandboxEnvironment: true },
    ...{ DefaultObWacCertificateId: obWac.Id, DefaultObSealCertificateId: obSeal.Id },
    ...{ DefaultQueryRedirectUrl: uri('query'), DefaultFragmentRedirectUrl: uri('fragment') },
  });
  const { softwareId, redirectUris } = tpp;
  return { softwareStatementId: statement.Id, softwareId, redirectUris };
}
