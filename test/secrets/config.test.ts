import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfigurationError, loadConfig, readConfig } from '../../config.ts';
import { type StandIn, startStandIn } from './parameter-store-stand-in.ts';

const database = 'postgres://user:planted-password@host/db';
const apiKey = 'planted-api-key';
let folder: string;
let standIn: StandIn;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
  writeFileSync(join(folder, 'database-url'), `${database}\n`);
  standIn = await startStandIn();
  for (const [name, value] of Object.entries(standIn.environment)) vi.stubEnv(name, value || undefined);
  standIn.parameters.set('/connector/api-key', apiKey).set('/connector/bank-url', 'https://bank.example');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await standIn.close();
  rmSync(folder, { recursive: true });
});

const referring = () => ({
  DATABASE_URL: `file:${folder}/database-url`,
  TEMPORAL_ADDRESS: 'env:TEMPORAL_HOST',
  TEMPORAL_HOST: 'temporal:7233',
  TEMPORAL_API_KEY: 'aws-ssm:/connector/api-key',
  API_PORT: 'env:PORT',
  PORT: '9000',
  DATA_DIR: 'literal:env:is a folder',
  SOME_BANK_URL: 'aws-ssm:/connector/bank-url',
});

const refusalOf = async (environment: Record<string, string>, role?: string): Promise<ConfigurationError> => {
  try {
    await loadConfig(environment, role);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('The configuration fits.');
};

describe('configuration', () => {
  it('is read from wherever it refers to', async () => {
    const config = await loadConfig(referring(), 'api');
    expect(config).toMatchObject({
      ...{ DATABASE_URL: database, TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_API_KEY: apiKey },
      ...{ API_PORT: 9000, DATA_DIR: 'env:is a folder', API_HOST: '127.0.0.1' },
      ...{ unusable: [] },
    });
  });

  it('has the variables of bank profiles followed, and all of them as they were set', async () => {
    const config = await loadConfig(referring());
    expect(config.values).toMatchObject({ SOME_BANK_URL: 'https://bank.example', PORT: '9000' });
    expect(config.settings).toEqual(referring());
  });

  it('asks for a parameter once, however many variables refer to it', async () => {
    const before = standIn.requests.length;
    await loadConfig({ A: 'aws-ssm:/connector/api-key', TEMPORAL_API_KEY: 'aws-ssm:/connector/api-key' });
    expect(standIn.requests.length).toBe(before + 1);
  });

  it('is the same without references, at once or not', async () => {
    const plain = { API_PORT: '9000', LOG_LEVEL: 'debug', EMPTY: '', DATA_DIR: 'literal:file:x' };
    expect(await loadConfig(plain)).toEqual(readConfig(plain));
    expect(readConfig(plain)).toMatchObject({ API_PORT: 9000, DATA_DIR: 'file:x' });
    expect(readConfig(plain).settings).not.toHaveProperty('EMPTY');
  });

  it('read at once follows nothing, and says so', () => {
    expect(() => readConfig(referring())).toThrow(
      /API_PORT: refers to env:PORT: references are not followed here/,
    );
    const others = readConfig({ SOME_BANK_URL: 'aws-ssm:/connector/bank-url' });
    expect(others.values).not.toHaveProperty('SOME_BANK_URL');
    expect(others.unusable).toEqual([expect.stringContaining('SOME_BANK_URL refers to')]);
  });
});

describe('configuration that does not fit', () => {
  it('is told all together, each with a code', async () => {
    const error = await refusalOf(
      {
        DATABASE_URL: 'aws-ssm:/connector/nowhere',
        API_PORT: 'planted-port',
        LOG_LEVEL: 'env:NOT_SET',
        BANK_CA_FILE: `file:${folder}/missing.pem`,
        TEMPORAL_API_KEY: 'env:CHAINED',
        CHAINED: 'aws-ssm:/connector/api-key',
        BANK_TIMEOUT_MS: 'env:planted, and no name',
      },
      'worker',
    );
    expect(Object.fromEntries(error.problems.map(({ variable, code }) => [variable, code]))).toEqual({
      DATABASE_URL: 'reference-not-found',
      API_PORT: 'variable-malformed',
      LOG_LEVEL: 'reference-not-found',
      BANK_CA_FILE: 'reference-not-found',
      TEMPORAL_API_KEY: 'reference-chained',
      BANK_TIMEOUT_MS: 'reference-malformed',
      TEMPORAL_ADDRESS: 'variable-missing',
    });
    expect(error.message.split('\n').slice(1).sort()).toEqual([
      '  API_PORT: a port number',
      `  BANK_CA_FILE: refers to file:${folder}/missing.pem: there is no such file`,
      expect.stringMatching(/^ {2}BANK_TIMEOUT_MS: refers to env:…: expected env:NAME; /),
      '  DATABASE_URL: refers to aws-ssm:/connector/nowhere: there is no such parameter (ParameterNotFound)',
      '  LOG_LEVEL: refers to env:NOT_SET: the variable is not set',
      '  TEMPORAL_ADDRESS: is not set, and the role worker needs it',
      expect.stringMatching(/^ {2}TEMPORAL_API_KEY: refers to env:CHAINED: .*followed once$/),
    ]);
    expect(inspect(error)).not.toContain('planted');
  });

  it('may be the value that a reference led to', async () => {
    const error = await refusalOf({ DATABASE_URL: 'aws-ssm:/connector/api-key' });
    expect(error.message).toMatch(/\n {2}DATABASE_URL: a postgres:\/\/ address$/);
  });

  it.each(['api', 'worker'])('may be what the role %s cannot be without', async (role) => {
    const { problems } = await refusalOf({}, role);
    expect(problems.map(({ variable }) => variable)).toEqual(['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  });

  it.each(['all', 'sandbox-bank', undefined])('is not nothing at all: role %s', async (role) => {
    expect(await loadConfig({}, role)).toMatchObject({ API_PORT: 8080 });
  });

  it('of somebody else is noted, and stops nobody', async () => {
    const config = await loadConfig({ THEIR_FILE: 'file:/nowhere/at-all', THEIR_OTHER: 'file:relative' });
    expect(config.unusable).toEqual([
      'THEIR_FILE refers to file:/nowhere/at-all: there is no such file.',
      expect.stringMatching(/^THEIR_OTHER refers to file:…: expected file:\/path; /),
    ]);
    expect(config.values).toEqual({});
  });
});

it('a configuration that is printed tells no secret', async () => {
  const config = await loadConfig({ ...referring(), MIGRATION_DATABASE_URL: database });
  for (const text of [inspect(config, { depth: null }), JSON.stringify({ config }), `${config}`]) {
    expect(text).not.toMatch(/planted|temporal:7233/);
  }
  expect(JSON.parse(JSON.stringify(config))).toMatchObject({
    ...{ DATABASE_URL: '[hidden]', MIGRATION_DATABASE_URL: '[hidden]', TEMPORAL_ADDRESS: '[hidden]' },
    ...{ API_HOST: '127.0.0.1', DATA_DIR: 'env:is a folder' },
  });
  expect(Object.isFrozen(config)).toBe(true);
});
