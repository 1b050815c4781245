// Whatever a secret looks like and however its reading fails: it is in nothing that can be logged or answered.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadConfig, readConfig } from '../../config.ts';
import { environmentSecrets } from '../../secrets/environment.ts';
import { fileSecrets } from '../../secrets/file.ts';
import { parameterStoreSecrets } from '../../secrets/parameter-store.ts';
import { createReferenceReader } from '../../secrets/reference-reader.ts';
import { createSecretReader } from '../../secrets/secret-reader.ts';
import { type Fault, type StandIn, startStandIn } from './parameter-store-stand-in.ts';

let folder: string;
let standIn: StandIn;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'untold-'));
  standIn = await startStandIn();
  for (const [name, value] of Object.entries(standIn.environment)) vi.stubEnv(name, value || undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await standIn.close();
  rmSync(folder, { recursive: true });
});

/** All that a logger, a problem document or a careless print could make of an error. */
function allTextOf(error: unknown): string {
  const wordy = inspect(error, { depth: 10, showHidden: true, getters: true });
  const { message, stack } = error instanceof Error ? error : new Error('no error');
  return [wordy, inspect(error), String(error), message, stack, JSON.stringify(error)].join('\n');
}

const errorOf = (act: () => unknown): Promise<unknown> =>
  Promise.resolve()
    .then(act)
    .then(
      () => undefined,
      (error: unknown) => error,
    );

// The beginning makes what is looked for unmistakable; what follows is anything that an environment can hold.
const core = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .map((text) => text.replaceAll('\0', ''));
const secret = fc
  .tuple(fc.constantFrom('', 'env:OTHER ', 'file:', 'literal:', 'aws-ssm:/ '), core)
  .map(([prefix, text]) => ({ text: `${prefix}pLaNtEd${text}`, sought: 'pLaNtEd' }));
const fault = fc.constantFrom<Fault | undefined>(undefined, 'garbage', 'no-value', 'access-denied');

it('a value that does not fit is never told', async () => {
  const variable = fc.constantFrom('API_PORT', 'DATABASE_URL', 'LOG_LEVEL', 'API_AUTH', 'BANK_TIMEOUT_MS');
  const holders = fc.constantFrom('directly', 'env', 'file', 'aws-ssm');
  await fc.assert(
    fc.asyncProperty(secret, variable, holders, fault, async ({ text, sought }, name, holder, planned) => {
      writeFileSync(join(folder, 'held'), text);
      standIn.parameters.set('/held', text);
      const references = {
        directly: text,
        env: 'env:HELD',
        file: `file:${folder}/held`,
        'aws-ssm': 'aws-ssm:/held',
      };
      standIn.faults.splice(0, 10, ...(planned === undefined ? [] : [planned, planned]));
      const environment = { [name]: references[holder], HELD: text };
      const errors = [
        await errorOf(() => loadConfig(environment, 'api')),
        await errorOf(() => readConfig(environment)),
      ];
      for (const error of errors) {
        expect(error).toMatchObject({ name: 'ConfigurationError' });
        expect(allTextOf(error)).toContain(name);
        expect(allTextOf(error)).not.toContain(sought);
      }
    }),
    { numRuns: 150 },
  );
});

it('a secret that cannot be read is never told', async () => {
  await fc.assert(
    fc.asyncProperty(secret, fault, async ({ text, sought }, planned) => {
      // Each leads to a reference, or to what only begins like one: the secret is there and cannot be used.
      const unusable = `env:${text} is no name`;
      writeFileSync(join(folder, 'held'), unusable);
      standIn.parameters.set('/held', unusable);
      const environment = {
        Held: unusable,
        Further: 'env:Held',
        Elsewhere: 'aws-ssm:/held',
        Filed: `file:${folder}/held`,
      };
      const readReference = createReferenceReader({ environment, lifeMs: 0 });
      const read = createSecretReader({
        Configuration: environmentSecrets(environment, readReference),
        File: fileSecrets(folder, readReference),
        AwsSsmParameterStore: parameterStoreSecrets(readReference),
      });
      const descriptions = [
        ...['Held', 'Further', 'Elsewhere', 'Filed'].map(
          (name) => ({ source: 'Configuration', name }) as const,
        ),
        { source: 'File', name: 'held' } as const,
        { source: 'AwsSsmParameterStore', name: '/held' } as const,
        { source: 'GoogleCloudSecretManagerV1', name: text } as const,
      ];
      for (const description of descriptions) {
        standIn.faults.splice(0, 10, ...(planned === undefined ? [] : [planned, planned]));
        const error = await errorOf(() => read(description));
        expect(error).toMatchObject({ name: 'SecretUnavailable' });
        expect(allTextOf(error)).not.toContain(sought);
      }
    }),
    { numRuns: 60 },
  );
});
