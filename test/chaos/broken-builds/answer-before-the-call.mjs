// Loaded before a worker: a build that keeps the answer before it calls, so that whoever comes after a crash finds the
// payment done.
import { registerHooks } from 'node:module';

const call = 'const attempt = await attemptPayment(';
const answer = `await store.payments.recordStatus(tenant, paymentId, {
  status: 'settled', externalApiId: paymentId, bankStatus: 'ACCC',
  bankResponse: { body: { Data: { DomesticPaymentId: paymentId, Status: 'ACCC' } }, interactionId: null, url: 'https://bank.invalid/' },
});`;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/activities/submit-payment.ts')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(call)) throw new Error('There is nothing to break any more.');
    return { ...loaded, source: source.replace(call, `${answer}\n  ${call}`) };
  },
});
