// Starts the sandbox: two listeners of banks, a directory, and a control interface for tests.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Banks } from './banks.ts';
import { ClientBooks } from './client-books.ts';
import { createControl } from './control/control.ts';
import { controlled } from './control/controlled.ts';
import { Faults } from './control/faults.ts';
import { HeldRequests } from './control/held.ts';
import { OperationLog } from './control/operation-log.ts';
import { RequestLog } from './control/request-log.ts';
import { createDirectory } from './directory/directory.ts';
import { ThirdParties } from './directory/third-parties.ts';
import { createDirectoryClient } from './directory-client.ts';
import { type Address, listen } from './listener.ts';
import { allPersonalities } from './personalities/index.ts';
import type { PersonalityFacts } from './personalities/personality.ts';
import { openPki, openSeal } from './pki.ts';
import { answeringOf, apiRoutes, browserRoutes } from './routing.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface SandboxBankOptions {
  /** Certificates, keys and everything the banks remember. */
  dataDir: string;
  /** 0: a free port. */
  ports: { browser: number; api: number; directory: number; control: number };
  /** The same seed gives the same accounts and transactions. */
  seed: number | string;
  /** Where the clock's offset is told to other processes; without it a file in the data folder. */
  clockFile?: string;
  /** Of the third party that is enrolled from the start. */
  tppRedirectUris?: string[];
  /** The interface to listen on; the control interface always stays on loopback. */
  host?: string;
  /** The name others see the sandbox under. */
  publicHost?: string;
  /** Banks beside those the sandbox has, or in their place when they have the same name. */
  personalities?: readonly PersonalityFacts[];
}

export interface SandboxBank {
  urls: { browser: string; api: string; directory: string; control: string };
  /** The authority to trust. */
  caFile: string;
  /** Certificates, keys and `tpp.json` of the third party that is enrolled from the start. */
  tppDir: string;
  close(): Promise<void>;
}

const defaultRedirectUris = [
  'https://127.0.0.1:8081/auth/query-redirect',
  'https://127.0.0.1:8081/auth/fragment-redirect',
];
const directoryOrganisation = {
  organisationId: '0015800001DIRECTOR',
  organisationName: 'Sandbox Directory',
  organisationIdentifier: 'PSDGB-OB-DIRECTORY',
};

export async function startSandboxBank(options: SandboxBankOptions): Promise<SandboxBank> {
  const { dataDir, ports, host = '127.0.0.1', publicHost = 'localhost' } = options;
  mkdirSync(dataDir, { recursive: true });
  const clock = new VirtualClock(options.clockFile ?? join(dataDir, 'clock-offset-ms'));
  const pki = await openPki(join(dataDir, 'pki'), publicHost, clock);
  const tls = { key: pki.server.key, cert: pki.server.certificate };
  // Not rejected at the handshake, so that a bank can answer 401; strict banks close the connection themselves.
  const mutual = { ...tls, ca: pki.authority.certificate, requestCert: true, rejectUnauthorized: false };
  const at = (port: number): Address => ({ host, publicHost, port });
  const browser = await listen(at(ports.browser), tls);
  const api = await listen(at(ports.api), mutual);
  const directory = await listen(at(ports.directory), mutual);
  const control = await listen({ host: '127.0.0.1', publicHost: '127.0.0.1', port: ports.control });

  const log = new RequestLog();
  const operations = new OperationLog();
  const faults = new Faults();
  const held = new HeldRequests();
  const urls = { browser: browser.url, api: api.url, directory: directory.url, control: control.url };
  const directoryClient = createDirectoryClient(
    pki.authority.certificate,
    `${urls.directory}/directory.jwks`,
    clock,
  );
  const folder = join(dataDir, 'banks');
  const books = new ClientBooks(join(dataDir, 'registration-groups'));
  const seed = String(options.seed);
  const surroundings = { clock, directory: directoryClient, log, pki, urls, folder, books, seed };
  const banks = new Banks(allPersonalities(options.personalities), surroundings);
  // The sandbox's own banks are ready at once; one with real addresses opens when somebody comes.
  const own = [...banks.personalities.values()].filter(({ addresses }) => addresses === undefined);
  await Promise.all(own.map(({ name }) => banks.open(name)));
  const thirdParties = new ThirdParties(pki, dataDir, clock);
  const tppDir = await thirdParties.seed(options.tppRedirectUris ?? defaultRedirectUris);
  const directoryApp = createDirectory({
    url: urls.directory,
    seal: await openSeal(pki, 'directory-seal', directoryOrganisation, clock),
    clock,
    thirdParties,
    bankKeys: (organisationId) => banks.keysOf(organisationId),
  });

  const parts = { faults, held, log, operations, clock };
  const directoryAnswer = answeringOf(directoryApp);
  browser.answerWith(controlled(parts, browserRoutes(banks, urls)));
  api.answerWith(controlled(parts, apiRoutes(banks, urls)));
  directory.answerWith(
    controlled(parts, (_, path) => ({ bank: 'directory', path, answer: directoryAnswer })),
  );
  const sandbox = {
    banks,
    clock,
    faults,
    held,
    log,
    operations,
    thirdParties,
    browserUrl: urls.browser,
    directoryUrl: urls.directory,
  };
  control.answerWith(answeringOf(createControl({ ...sandbox, authority: pki.authority.certificate })));

  return {
    urls,
    caFile: pki.authorityFile,
    tppDir,
    close: async () => {
      await Promise.all([browser, api, directory, control].map((listener) => listener.close()));
      await directoryClient.close();
    },
  };
}
