// What tests have customers do: agree, refuse and withdraw, follow another who agreed before, or cancel what is to come.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Banks } from '../banks.ts';
import { Customer } from '../customer.ts';
import { withdraw } from '../decision.ts';
import { coAuthorise } from '../resources/multi-authorisation.ts';
import { isPaymentFamily } from '../resources/payment-families.ts';
import { cancel } from '../resources/payment-status.ts';
import type { Payment } from '../resources/records.ts';
import type { RunningBank } from '../running-bank.ts';
import type { ControlledSandbox } from './control.ts';

const Wish = z.strictObject({
  url: z.url(),
  psu: z.string().default('alice'),
  accounts: z.array(z.string()).optional(),
  decision: z.enum(['approve', 'deny']).default('approve'),
});

const Withdrawal = z.strictObject({ bank: z.string(), consentId: z.string() });

const CoAuthorisation = z.strictObject({
  bank: z.string(),
  paymentId: z.string(),
  decision: z.enum(['approve', 'refuse']).default('approve'),
});

const Cancellation = z.strictObject({ bank: z.string(), paymentId: z.string() });

export function customerRoutes(sandbox: ControlledSandbox): Hono<{ Bindings: HttpBindings }> {
  const { banks, clock } = sandbox;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post('/authorise', async (context) => {
    const { accounts, ...wish } = Wish.parse(await context.req.json());
    const customer = new Customer(sandbox.browserUrl, sandbox.authority);
    const redirectUrl = await customer.decide(accounts === undefined ? wish : { ...wish, accounts });
    return context.json({ redirectUrl });
  });

  app.post('/withdraw', async (context) => {
    const { bank: name, consentId } = Withdrawal.parse(await context.req.json());
    const bank = banks.personalities.has(name) ? await banks.open(name) : undefined;
    const consent = bank?.state.consents.get(consentId);
    if (!bank || consent?.status !== 'AUTH' || isPaymentFamily(consent.family))
      return context.json({ error: 'nothing to withdraw' }, 404);
    await withdraw(bank, consentId);
    return context.body(null, 204);
  });

  app.post('/co-authorise', async (context) => {
    const { bank: name, paymentId, decision } = CoAuthorisation.parse(await context.req.json());
    const isDone = await changeOrder(banks, name, paymentId, (payment) =>
      coAuthorise(payment, decision, clock.nowMs()),
    );
    return isDone ? context.body(null, 204) : context.json({ error: 'nobody is waited for' }, 404);
  });

  app.post('/cancel', async (context) => {
    const { bank: name, paymentId } = Cancellation.parse(await context.req.json());
    const isDone = await changeOrder(banks, name, paymentId, (payment, { knobs }) =>
      cancel(payment, knobs, clock.nowMs()),
    );
    return isDone ? context.body(null, 204) : context.json({ error: 'nothing to cancel' }, 404);
  });
  return app;
}

/** Whether there is such an order and the change could be made. */
async function changeOrder(
  banks: Banks,
  name: string,
  paymentId: string,
  change: (payment: Payment, bank: RunningBank) => boolean,
): Promise<boolean> {
  const bank = banks.personalities.has(name) ? await banks.open(name) : undefined;
  const payment = bank?.state.payments.get(paymentId);
  if (!bank || !payment || !change(payment, bank)) return false;
  bank.state.payments.set(paymentId, payment);
  return true;
}
