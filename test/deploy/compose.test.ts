// docker-compose.yml and Dockerfile, checked by what can be checked without Docker: the published schema, the connector's
// own configuration, and whether what the image copies is enough to start from.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { searchAttributeTypes } from '../../temporal/search-attributes.ts';

const root = join(import.meta.dirname, '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: a document of free shape.
const compose: any = parse(text('docker-compose.yml'), { merge: true });
const dockerfile = text('deploy/Dockerfile');

describe('docker-compose.yml', () => {
  it('fits the published schema, which refuses what does not', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.compile(JSON.parse(text('test/deploy/compose-spec.json')));
    expect(fits(compose), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ ...compose, services: { api: { imagine: 'x' } } })).toBe(false);
  });

  it('runs roles that there are', () => {
    const commands = ['api', 'worker', 'sandbox-bank'].map((name) => compose.services[name].command);
    for (const [role] of commands) expect(text('main.ts')).toMatch(new RegExp(`'?${role}'?: async`));
    const [, script] = compose.services.migrate.entrypoint;
    expect(existsSync(join(root, script))).toBe(true);
  });

  it('sets variables that the connector knows', () => {
    const known = new Set(
      text('config.ts')
        .match(/^ {2}[A-Z][A-Z0-9_]+(?=:)/gm)
        ?.map((name) => name.trim()),
    );
    const profiles = new Set(text('bank-profiles/groups/sandbox.ts').match(/(?<=variable: ')\w+/g));
    for (const name of ['api', 'worker', 'sandbox-bank']) {
      for (const variable of Object.keys(compose.services[name].environment)) {
        expect(known.has(variable) || profiles.has(variable), variable).toBe(true);
      }
    }
  });

  it('registers the search attributes of the journeys', () => {
    for (const [name, type] of Object.entries(searchAttributeTypes)) {
      expect(compose.services.temporal.command).toContain(`--search-attribute=${name}=${type}`);
    }
  });

  it('holds no secret and publishes nothing beyond this machine', () => {
    expect(text('docker-compose.yml')).not.toMatch(/password\s*[:=]\s*\S/i);
    for (const { ports = [] } of Object.values<{ ports?: string[] }>(compose.services)) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe('the image', () => {
  const copied = [...dockerfile.matchAll(/^COPY (.+)$/gm)].flatMap(([, list = '']) =>
    list.split(' ').slice(0, -1),
  );

  it('copies what there is', () => {
    expect(copied.length).toBeGreaterThan(15);
    for (const path of copied) expect(existsSync(join(root, path)), path).toBe(true);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('has all that each role is made of', () => {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    try {
      for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      // Loading a role loads everything that it imports. What they share is loaded once: most of them is.
      const load = `for (const role of ['api', 'worker', 'sandbox-bank']) {
        await import('./roles/' + role + '.ts');
        process.stdout.write(role + ' loaded, ');
      }`;
      const options = { cwd: folder, encoding: 'utf8' } as const;
      expect(execFileSync(process.execPath, ['--input-type=module', '-e', load], options)).toBe(
        'api loaded, worker loaded, sandbox-bank loaded, ',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
