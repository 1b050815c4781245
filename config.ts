// The only reader of the environment: one schema, one frozen object. Missing and malformed values stop the process, all
// of them together, each with the variable's name and what is expected of it, never with the value.
import { inspect } from 'node:util';
import { z } from 'zod';
import { createReferenceReader } from './secrets/reference-reader.ts';
import {
  type FollowedVariables,
  followVariables,
  readPlainVariables,
} from './secrets/referenced-variables.ts';

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .default(String(fallback))
    .transform(Number);

const milliseconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number of milliseconds')
    .default(String(fallback))
    .transform(Number);

const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false'], { error: 'true or false' })
    .default(fallback)
    .transform((value) => value === 'true');

const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

const publicUrl = z
  .string()
  .refine((value) => {
    const url = URL.parse(value);
    return url?.protocol === 'https:' && [url.origin, url.href].includes(value);
  }, 'an https:// address without a path')
  .transform((value) => new URL(value).origin);

const Environment = z.object({
  /** Folder for embedded services, generated development keys and the sandbox bank's state. */
  DATA_DIR: z.string().default('.data'),
  /** Folder of bank profiles beside, or over, those that come with the connector. */
  BANK_PROFILES_DIR: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),

  /** Postgres; without it `all` starts an embedded one. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgres:// address')
    .optional(),
  /** An owner's connection for migrations, when the run-time role owns no table. */
  MIGRATION_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgres:// address')
    .optional(),
  /** Port of the embedded Postgres. */
  POSTGRES_PORT: port(5433),
  DATABASE_POOL_SIZE: z
    .string()
    .regex(/^\d{1,3}$/, 'a whole number')
    .default('10')
    .transform(Number),

  /** Temporal; without it `all` starts an embedded one. */
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^/]+:\d+$/, 'host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('open-banking'),
  TEMPORAL_TLS: flag('false'),
  TEMPORAL_TLS_CA_FILE: z.string().optional(),
  TEMPORAL_TLS_CERT_FILE: z.string().optional(),
  TEMPORAL_TLS_KEY_FILE: z.string().optional(),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  /** Origins of the Temporal UI that may have payloads decoded, comma separated; empty: the endpoint is off. */
  TEMPORAL_UI_ORIGINS: list,
  TEMPORAL_UI_PORT: port(8233),
  TEMPORAL_PORT: port(7233),
  /** A workflow bundle built beforehand; without it one is built at start and cached. */
  WORKFLOW_BUNDLE: z.string().optional(),
  WORKER_DEPLOYMENT: z.string().min(1).default('open-banking-connector'),
  WORKER_METRICS_PORT: port(0),

  /** The internal listener: the connector API. */
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port(8080),
  /** The public listener: where the bank sends the customer's browser back to. */
  PUBLIC_HOST: z.string().default('127.0.0.1'),
  PUBLIC_PORT: port(8081),
  /** Where customers reach it, when that is another address. */
  PUBLIC_URL: publicUrl.optional(),
  PUBLIC_TLS_CERT_FILE: z.string().optional(),
  PUBLIC_TLS_KEY_FILE: z.string().optional(),
  API_AUTH: z.enum(['loopback', 'none'], { error: 'loopback or none' }).default('loopback'),
  /** Whether the internal listener has the reference's endpoints for trying things out with a browser. */
  TEST_ENDPOINTS: flag('false'),

  /** A file of certificates, beside the system's, that servers of banks and directory may be signed by. */
  BANK_CA_FILE: z.string().optional(),
  BANK_TIMEOUT_MS: milliseconds(15_000),
  BANK_CONCURRENCY: z
    .string()
    .regex(/^\d{1,4}$/, 'a whole number')
    .default('64')
    .transform(Number),
  BANK_WAIT_MS: milliseconds(5_000),
  BANK_MAX_ANSWER_BYTES: z
    .string()
    .regex(/^\d{4,10}$/, 'a whole number of bytes')
    .default(String(10 * 1024 * 1024))
    .transform(Number),
  /** Of a file of payments; a bank's own limit may be lower. */
  PAYMENT_FILE_MAX_BYTES: z
    .string()
    .regex(/^\d{4,9}$/, 'a whole number of bytes')
    .default(String(16 * 1024 * 1024))
    .transform(Number),
  BANK_CIRCUIT_FAILURES: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'a whole number')
    .default('5')
    .transform(Number),
  BANK_CIRCUIT_OPEN_MS: milliseconds(10_000),
  /** Names, addresses and ranges that webhooks may be sent to though they are private, and by plain HTTP. */
  WEBHOOK_ALLOWED_HOSTS: list,
  /** A file of certificates, beside the system's, that receivers of webhooks may be signed by. */
  WEBHOOK_CA_FILE: z.string().optional(),
  WEBHOOK_TIMEOUT_MS: milliseconds(15_000).refine((value) => value <= 60_000, '60000 at most'),
  /** Folder below which secrets of source `File` lie. */
  SECRETS_DIR: z.string().default('.data/secrets'),
  /** How long a secret that a reference leads to is kept before it is read again. */
  SECRET_LIFE_MS: milliseconds(300_000),

  /** Ports of the sandbox bank: browser, API, directory, control. */
  SANDBOX_BANK_BROWSER_PORT: port(8443),
  SANDBOX_BANK_API_PORT: port(8444),
  SANDBOX_BANK_DIRECTORY_PORT: port(8445),
  SANDBOX_BANK_CONTROL_PORT: port(8446),
  /** What the sandbox bank listens on; its control interface stays on loopback. */
  SANDBOX_BANK_HOST: z.string().default('127.0.0.1'),
  SANDBOX_BANK_SEED: z.string().regex(/^\d+$/, 'a whole number').default('1').transform(Number),
  /** Folder of the sandbox bank's certificates and records. */
  SANDBOX_BANK_DIR: z.string().optional(),

  /** Directory of the sandbox environment, when it is not the Open Banking one. */
  DIRECTORY_SANDBOX_TOKEN_URL: z.url().default('https://matls-sso.openbankingtest.org.uk/as/token.oauth2'),
  DIRECTORY_SANDBOX_API_URL: z.url().default('https://matls-ssaapi.openbankingtest.org.uk'),
  DIRECTORY_SANDBOX_JWKS_URL: z
    .url()
    .default('https://keystore.openbankingtest.org.uk/keystore/openbanking.jwks'),

  /** Tests only: a file with the milliseconds by which every process's clock runs ahead. */
  TEST_CLOCK_FILE: z.string().optional(),
  /** Tests only: how often long waits of journeys look at that clock. */
  TEST_CLOCK_RECHECK_MS: milliseconds(0),
});

type Variable = keyof typeof Environment.shape;

/** Every variable that has a meaning of its own; docs/configuration.md explains each. */
export const variableNames: readonly string[] = Object.keys(Environment.shape);

/** Never shown, wherever they come from. */
const secretVariables: readonly string[] = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'TEMPORAL_API_KEY'];

const servingRole: readonly Variable[] = ['DATABASE_URL', 'TEMPORAL_ADDRESS'];
/** What a role cannot be without. */
const required = new Map<string, readonly Variable[]>([
  ['api', servingRole],
  ['worker', servingRole],
]);

export type Config = Readonly<z.output<typeof Environment>> & {
  /** Every variable as it was set, references included: the environment for another process, and `Configuration`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Every variable with its reference followed: where bank profiles find the values that they leave to configuration. */
  readonly values: Readonly<Record<string, string>>;
  /** Why variables that nothing here asks for are not among the values. They may be somebody else's. */
  readonly unusable: readonly string[];
};

export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  /** By variable: a stable code and what is wrong, never the value. */
  readonly problems: readonly ConfigurationProblem[];
  constructor(problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ variable, message }) => `  ${variable}: ${message}`);
    super(`The configuration does not fit:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

export interface ConfigurationProblem {
  variable: string;
  /** `variable-missing`, `variable-malformed`, or a code of `ReferenceUnusable`. */
  code: string;
  message: string;
}

/**
 * Parses an environment and follows its references, once. An empty variable counts as not set.
 * @param role the role to be started, for the variables that it cannot be without
 * @throws {ConfigurationError} naming every variable that does not fit and what is expected
 */
export async function loadConfig(
  environment: Readonly<Record<string, string | undefined>>,
  role?: string,
): Promise<Config> {
  const settings = settingsOf(environment);
  const read = createReferenceReader({ environment: settings, lifeMs: Number.POSITIVE_INFINITY });
  return configOf(settings, await followVariables(settings, read), role);
}

/**
 * The same at once, for an environment without references; one in a variable of ours is refused.
 * @throws {ConfigurationError} naming every variable that does not fit and what is expected
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const settings = settingsOf(environment);
  return configOf(settings, readPlainVariables(settings));
}

function settingsOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''),
  );
}

function configOf(
  settings: Record<string, string>,
  { values, references, unusable }: FollowedVariables,
  role?: string,
): Config {
  const plain = Object.fromEntries(values);
  const parsed = Environment.safeParse(plain);
  const problems: ConfigurationProblem[] = [];
  for (const [variable, { code, finding }] of unusable)
    if (variableNames.includes(variable)) problems.push({ variable, code, message: finding });
  for (const { path, message } of parsed.error?.issues ?? [])
    problems.push({ variable: path.join('.'), code: 'variable-malformed', message });
  for (const variable of required.get(role ?? '') ?? [])
    if (!values.has(variable) && !unusable.has(variable))
      problems.push({
        variable,
        code: 'variable-missing',
        message: `is not set, and the role ${role} needs it`,
      });
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  const shown = shownConfig(parsed.data, references);
  return Object.freeze(
    Object.defineProperties(
      {
        ...parsed.data,
        settings: Object.freeze(settings),
        values: Object.freeze(plain),
        unusable: [...unusable.values()].map(({ message }) => message),
      },
      // Whoever logs or prints a configuration by mistake tells no secret.
      { toJSON: { value: () => shown }, [inspect.custom]: { value: () => shown } },
    ),
  );
}

function shownConfig(data: z.output<typeof Environment>, references: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      secretVariables.includes(name) || references.has(name) ? '[hidden]' : value,
    ]),
  );
}
