// Loaded before a worker: makes it the build that everybody fears, one that takes a new idempotency key at each attempt
// to submit a payment.
import { registerHooks } from 'node:module';

const right = 'idempotencyKey: payment.bankIdempotencyKey';
const wrong = 'idempotencyKey: crypto.randomUUID()';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/activities/submit-payment.ts')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(right)) throw new Error('There is nothing to break any more.');
    return { ...loaded, source: source.replace(right, wrong) };
  },
});
