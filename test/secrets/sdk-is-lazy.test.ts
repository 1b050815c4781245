// Which modules a process loads is seen from outside of it: a process of its own, with a hook that notes every address.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn } from './parameter-store-stand-in.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
  standIn.parameters.set('/connector/port', '9000');
});
afterAll(() => standIn.close());

const script = `
  import { registerHooks } from 'node:module';
  let loaded = 0;
  registerHooks({
    load(url, context, next) {
      if (/@aws-sdk|@smithy/.test(url)) loaded += 1;
      return next(url, context);
    },
  });
  const { loadConfig } = await import('./config.ts');
  for (const name of ['environment', 'file', 'parameter-store', 'secret-reader'])
    await import('./secrets/' + name + '.ts');
  const { API_PORT } = await loadConfig(process.env);
  process.stdout.write(JSON.stringify({ API_PORT, loaded }));
`;

async function portAndModules(API_PORT: string): Promise<{ API_PORT: number; loaded: number }> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...standIn.environment, PATH: process.env.PATH, OTHER_PORT: '9000', API_PORT },
  });
  return JSON.parse(stdout);
}

it('nothing of the AWS SDK is loaded where no reference asks for it', async () => {
  expect(await portAndModules('env:OTHER_PORT')).toEqual({ API_PORT: 9000, loaded: 0 });
  expect(standIn.requests).toEqual([]);
});

it('the AWS SDK is loaded by the first reference to the parameter store', async () => {
  const { API_PORT, loaded } = await portAndModules('aws-ssm:/connector/port');
  expect(API_PORT).toBe(9000);
  expect(loaded).toBeGreaterThan(5);
  expect(standIn.requests).toEqual([{ name: '/connector/port', answer: 'ok' }]);
});
