// What an operator reads in the Temporal UI: with the codec endpoint where a journey stands, without it nothing.
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import { type Consent, createAccess, register } from '../journeys/customer-journeys.ts';
import { useBrowser } from './browser.ts';
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();
let consent: Consent;

beforeAll(async () => {
  const { Id } = await register(house(), 'Sandbox_Hybrid');
  consent = await createAccess(house(), Id);
});

/** What an operator does: finds the journey in the list, opens it, and looks at what it says of itself. */
async function openJourney(page: Page): Promise<void> {
  await page.goto(`${house().everything.temporalUiUrl}/namespaces/default/workflows`);
  await page
    .getByRole('link', { name: consentWorkflowId(consent.id) })
    .first()
    .click();
  await page
    .getByRole('link', { name: 'User Metadata' })
    .or(page.getByRole('tab', { name: 'User Metadata' }))
    .first()
    .click();
}

/** Of the page and of the frames in which it shows what journeys say of themselves. */
async function textOf(page: Page): Promise<string> {
  return (await Promise.all(page.frames().map((frame) => frame.locator('body').textContent()))).join();
}

it('reads that a consent is waiting for its customer', async () => {
  const { context } = await browser.visit();
  const page = await context.newPage();
  await openJourney(page);
  await expect.poll(() => textOf(page), { timeout: 15_000 }).toContain('waiting for the customer');
  await context.close();
});

it('reads nothing of it when the codec endpoint is not there', async () => {
  const { context } = await browser.visit();
  const page = await context.newPage();
  const refused: string[] = [];
  await context.route('**/temporal-codec/**', (route) => {
    refused.push(route.request().url());
    return route.abort();
  });
  await openJourney(page);
  await expect.poll(() => refused.length, { timeout: 15_000 }).toBeGreaterThan(0);
  await page.getByText('Current Details').first().waitFor();
  expect(await textOf(page)).not.toContain('waiting for the customer');
  await context.close();
});

it('is refused to every other page', async () => {
  const { context } = await browser.visit();
  const page = await context.newPage();
  const { browser: bank } = house().everything.roles['sandbox-bank'].addresses;
  await page.goto(`${bank}/hybrid/.well-known/openid-configuration`);
  const api = house().everything.roles.api.addresses.api;
  const outcome = await page.evaluate(
    (url) => fetch(url, { method: 'POST', body: '{"payloads":[]}' }).then((answer) => answer.status, String),
    `${api}/temporal-codec/decode`,
  );
  expect(outcome).toContain('Failed to fetch');
  await context.close();
});
