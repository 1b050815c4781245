// `npm run demo`: starts everything on this machine, plays the journeys against the sandbox bank and tells each durable
// step. `--exit` stops everything afterwards, `--json` ends stdout with one summary object.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { type Everything, startEverything } from '../embedded/everything.ts';
import { createConnector } from './connector.ts';
import { watchJourneys } from './journey-watch.ts';
import { readAccounts } from './journeys/account-access.ts';
import { payFile } from './journeys/file-payment.ts';
import { pay } from './journeys/payment.ts';
import { register } from './journeys/registration.ts';
import { setUpStandingOrder } from './journeys/standing-order.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { createSandboxControl } from './sandbox-customer.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/** @returns the summary, and whether all journeys ended as they should */
async function play(everything: Everything, narrator: Narrator) {
  const { roles, environment, temporalAddress } = everything;
  const address = (role: keyof typeof roles, name: string) => roles[role].addresses[name] ?? '';
  const secretsDir = environment.SECRETS_DIR ?? '';
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 });
  const watch = await watchJourneys(temporalAddress, narrator);
  const stage = {
    connector: createConnector(address('api', 'api')),
    sandbox: createSandboxControl(address('sandbox-bank', 'control')),
    ...{ watch, narrator, secretsDir, tppDir: address('sandbox-bank', 'tppDir') },
  };
  try {
    const registration = await register(stage);
    const accountAccess = await readAccounts(stage, registration);
    const payment = await pay(stage, registration);
    const standingOrder = await setUpStandingOrder(stage, registration);
    const filePayment = await payFile(stage, registration);
    const orders = { payment, standingOrder, filePayment };
    const summary = { registration, accountAccess, ...orders, workflows: await watch.summaries() };
    const isWell =
      accountAccess.accounts > 0 &&
      payment.status === 'ACCC' &&
      [standingOrder, filePayment].every(({ status }) => status === 'INCO') &&
      Object.values(orders).every(({ bankSubmissions }) => bankSubmissions === 1);
    return { summary, isWell };
  } finally {
    await watch.close();
  }
}

function tellAddresses({ roles, temporalUiUrl }: Everything): void {
  const { api, 'sandbox-bank': bank } = roles;
  say('\nAddresses');
  say(`  Connector API    ${api.addresses.api}`);
  say(`  API reference    ${api.addresses.api}/docs`);
  say(`  Temporal UI      ${temporalUiUrl ?? 'wherever your Temporal has it'}`);
  say(`  Sandbox bank     ${bank.addresses.browser}/hybrid  (sign in as alice, password alice)`);
}

const { values: options } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const narrator = createNarrator(say);
narrator.title('Starting Postgres, Temporal, the sandbox bank, API and worker');
const everything = await startEverything(await loadConfig(process.env), (text) => narrator.step(text));

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await everything.stop();
  process.exit(code);
}
process.on('SIGINT', () => stop(process.exitCode === undefined ? 0 : Number(process.exitCode)));
process.on('SIGTERM', () => stop(process.exitCode === undefined ? 0 : Number(process.exitCode)));

try {
  const { summary, isWell } = await play(everything, narrator);
  tellAddresses(everything);
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  say(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
if (options.exit) await stop(Number(process.exitCode));
else say('\nEverything stays up until Ctrl-C.');
