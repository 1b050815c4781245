// A customer with a browser: to the bank, through its pages, and back to ours.
import type { Page } from 'playwright-core';
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
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();

async function signIn(page: Page, name = 'alice', password = name): Promise<void> {
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
}

describe.each<Profile>(['Sandbox_Hybrid', 'Sandbox_Jarm'])('at the bank of %s', (profile) => {
  let registrationId: string;
  beforeAll(async () => {
    registrationId = (await register(house(), profile)).Id;
  });

  it('a customer shares chosen accounts and is thanked on a page that keeps no secret', async () => {
    const consent = await createAccess(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'account-access', consent);
    const { context, complaints } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page);
    const accounts = page.getByRole('checkbox');
    await accounts.first().waitFor();
    const offered = await accounts.count();
    await accounts.first().uncheck();
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(page.url()).not.toMatch(/code|token|response|#./);
    expect(complaints).toEqual([]);
    const answer = await read(house(), consent, '/aisp/accounts');
    expect(answer.body.ExternalApiResponse.Data.Account).toHaveLength(offered - 1);
    await context.close();
  });

  it('a customer approves a payment, and it is made', async () => {
    const consent = await createPaymentConsent(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'domestic-payment', consent);
    const { context } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page);
    await page.getByText('12.50 GBP').waitFor();
    await page.getByRole('button', { name: 'Approve payment' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect((await submitPayment(house(), consent)).status).toBe(201);
    expect(await executedPayments(house(), profile, consent)).toBe(1);
    await context.close();
  });

  it('a customer who goes back without signing in is told what that means', async () => {
    const consent = await createAccess(house(), registrationId);
    const { AuthUrl } = await startAuthorisation(house(), 'account-access', consent);
    const { context } = await browser.visit();
    const page = await context.newPage();
    await page.goto(AuthUrl);
    await signIn(page, 'alice', 'wrong');
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Cancel and go back' }).click();
    await page.getByRole('heading', { name: 'You did not agree' }).waitFor();
    expect((await read(house(), consent, '/aisp/accounts')).body.code).toBe('authorisation-needed');
    await context.close();
  });
});

it('the page of the fragment lets no script run but its own', async () => {
  const url = house().everything.roles.api.addresses.public;
  const { context, complaints } = await browser.visit();
  const page = await context.newPage();
  const answer = await page.goto(`${url}/auth/fragment-redirect`);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
  `);
  expect(await page.title()).not.toBe('owned');
  expect(complaints.join()).toContain('Content Security Policy');
  await context.close();
});
