// oidc-provider, made to follow the bank's virtual clock: every time it takes comes from one small module of its own,
// which is replaced while it is loaded. Nothing else in the process sees another time.
import { AsyncLocalStorage } from 'node:async_hooks';
import { registerHooks } from 'node:module';
import type { Clock } from '../clock.ts';

const hook = Symbol.for('sandbox-bank.provider-time');
const clocks = new AsyncLocalStorage<Clock>();
const seam = { nowMs: () => clocks.getStore()?.nowMs(), installed: false };
Reflect.set(globalThis, hook, seam);

const source = `
  const seam = globalThis[Symbol.for('${hook.description}')];
  seam.installed = true;
  export default (date = seam.nowMs() ?? Date.now()) => Math.floor(date / 1000);
`;

const hooks = registerHooks({
  load: (url, context, nextLoad) =>
    url.endsWith('/oidc-provider/lib/helpers/epoch_time.js')
      ? { format: 'module', source, shortCircuit: true }
      : nextLoad(url, context),
});
// Loaded only now: a static import would come before the hook.
const { default: OidcProvider, errors } = await import('oidc-provider');
hooks.deregister();
// Without the seam moved clocks would go unnoticed in tokens and assertions, and tests would pass for the wrong reason.
if (!seam.installed) throw new Error('oidc-provider no longer takes its time from lib/helpers/epoch_time.js');

export { errors, OidcProvider };

/** Runs something of oidc-provider's at a clock's time. */
export function atTimeOf<Result>(clock: Clock, run: () => Result): Result {
  return clocks.run(clock, run);
}
