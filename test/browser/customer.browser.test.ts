// A customer with a browser: to the bank, through its pages, and back to ours.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createAccess,
  createPaymentConsent,
  executedPayments,
  type Profile,
  read,
  register,
  startAuthorisation,
  submitPayment,
} from '../journeys/customer-journeys.ts';
import { useBrowser } from './browser.ts';
import { addressesOf, signIn, told } from './customer.ts';
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();

describe.each<Profile>(['Sandbox_Hybrid', 'Sandbox_Jarm'])('at the bank of %s', (profile) => {
  let registrationId: string;
  beforeAll(async () => {
    registrationId = (await register(house(), profile)).Id;
  });

  it('a customer shares chosen accounts and is thanked on a page that keeps no secret', async () => {
    const consent = await createAccess(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'account-access', consent);
    const { context, complaints, unguarded } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page);
    const accounts = page.getByRole('checkbox');
    await accounts.first().waitFor();
    const offered = await accounts.count();
    await accounts.first().uncheck();
    await page.getByRole('button', { name: 'Share' }).click();
    await told(page, 'Thank you');
    const ours = (await addressesOf(page)).filter(
      (url) => new URL(url).origin === new URL(page.url()).origin,
    );
    expect(ours.map((url) => url.replace(new URL(url).origin, ''))).toEqual(['/auth/outcome/authorised']);
    await page.reload();
    await told(page, 'Thank you');
    expect({ complaints, unguarded }).toEqual({ complaints: [], unguarded: [] });
    const answer = await read(house(), consent, '/aisp/accounts');
    expect(answer.body.ExternalApiResponse.Data.Account).toHaveLength(offered - 1);
    await context.close();
  });

  it('a customer approves a payment, and it is made', async () => {
    const consent = await createPaymentConsent(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'domestic-payment', consent);
    const { context, complaints } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page);
    await page.getByText('12.50 GBP').waitFor();
    await page.getByRole('button', { name: 'Approve payment' }).click();
    await told(page, 'Thank you');
    expect(complaints).toEqual([]);
    expect((await submitPayment(house(), consent)).status).toBe(201);
    expect(await executedPayments(house(), profile, consent)).toBe(1);
    await context.close();
  });

  it('a customer who says no to a payment is told what that means, and none is made', async () => {
    const consent = await createPaymentConsent(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'domestic-payment', consent);
    const { context, unguarded } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await told(page, 'You did not agree');
    expect(page.url()).toMatch(/\/auth\/outcome\/authorisation-refused\?reference=[0-9a-f-]{36}$/);
    expect(unguarded).toEqual([]);
    expect((await submitPayment(house(), consent)).body.code).toBe('consent-not-usable');
    expect(await executedPayments(house(), profile, consent)).toBe(0);
    await context.close();
  });

  it('a customer who mistypes the password may try again, or go back without having signed in', async () => {
    const consent = await createAccess(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'account-access', consent);
    const { context } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page, 'alice', 'wrong');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await signIn(page);
    await page.getByRole('checkbox').first().waitFor();

    const other = await browser.visit();
    const otherPage = await other.context.newPage();
    await otherPage.goto((await startAuthorisation(house(), 'account-access', consent)).AuthUrl);
    await signIn(otherPage, 'alice', 'wrong');
    await otherPage.getByRole('alert').waitFor();
    await otherPage.getByRole('button', { name: 'Cancel and go back' }).click();
    await told(otherPage, 'You did not agree');
    expect((await read(house(), consent, '/aisp/accounts')).body.code).toBe('authorisation-needed');
    await Promise.all([context.close(), other.context.close()]);
  });
});
