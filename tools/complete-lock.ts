// Completes package-lock.json with the optional packages of other platforms. A registry mirror that serves one platform
// leaves the others out of the lock, and then `npm ci` refuses it everywhere. Run it after a dependency has changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Package = z.looseObject({
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const Lock = z.looseObject({ packages: z.record(z.string(), Package) });

const file = 'package-lock.json';
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm64',
  'arm',
  'armv7',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** What a platform package's name says about where it belongs: `@scope/name-linux-x64-musl`. */
function platformOf(name: string): { os?: string[]; cpu?: string[] } {
  const words = name.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  return { ...(os.length === 0 ? {} : { os }), ...(cpu.length === 0 ? {} : { cpu }) };
}

const lock = Lock.parse(JSON.parse(readFileSync(file, 'utf8')));
let added = 0;
for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const nested = `${path === '' ? '' : `${path}/`}node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    const { os, cpu } = platformOf(name);
    // A range cannot be pinned without asking the registry; platform packages name exact versions.
    if (lock.packages[nested] || lock.packages[hoisted] || !/^\d/.test(version) || (!os && !cpu)) continue;
    lock.packages[hoisted] = {
      version,
      ...(dev ? { dev } : {}),
      optional: true,
      ...(os && { os }),
      ...(cpu && { cpu }),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
process.stderr.write(`${added} packages of other platforms added\n`);
