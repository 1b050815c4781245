// Payments in one request, as a service asks for them and a customer authorises them, with nothing else done.
import { setTimeout } from 'node:timers/promises';
import { redirectForm } from '../cli/sandbox-customer.ts';
import type { Stage } from '../cli/stage.ts';
import type { Everything } from '../embedded/everything.ts';
import { bankTraffic } from './bank-traffic.ts';
import { median, rounded } from './statistics.ts';

const request = (BankRegistrationId: string) => ({
  BankRegistrationId,
  InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
  Creditor: { Name: 'Halcyon Interiors', Identification: '99000212345678' },
  ReturnUrl: 'https://shop.example/orders/7',
});

/** @returns the journey's id, when the customer has authorised it */
export async function askAndAuthorise(
  { connector, sandbox }: Stage,
  registrationId: string,
): Promise<string> {
  const { Id, AuthUrl } = await connector.call('POST', '/payment-journeys', request(registrationId));
  const form = redirectForm(await sandbox.authorise(AuthUrl));
  await connector.call('POST', '/auth/redirect-delegate', form);
  return Id;
}

/**
 * How long a service waits for the address that it sends its customer to, one asking after the other, less the time for which
 * the bank was asked, in milliseconds.
 */
export async function authUrlP50Ms(
  { connector }: Stage,
  everything: Everything,
  registrationId: string,
  times: number,
): Promise<number> {
  const traffic = bankTraffic(everything);
  const ownMs: number[] = [];
  for (let time = 0; time < times; time++) {
    await traffic.forget();
    const startedMs = performance.now();
    await connector.call('POST', '/payment-journeys', request(registrationId));
    const tookMs = performance.now() - startedMs;
    const bankMs = (await traffic.list()).reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
    ownMs.push(tookMs - bankMs);
    await setTimeout(20);
  }
  return rounded(median(ownMs), 1);
}
