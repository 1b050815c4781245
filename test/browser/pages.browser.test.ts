// The pages for every customer: by keyboard, with names that are read aloud, without script, and with no script but ours.
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { createAccess, type Profile, register, startAuthorisation } from '../journeys/customer-journeys.ts';
import { useBrowser } from './browser.ts';
import { signIn, told } from './customer.ts';
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();
const registrations = new Map<Profile, string>();

beforeAll(async () => {
  for (const profile of ['Sandbox_Hybrid', 'Sandbox_Jarm'] as const) {
    registrations.set(profile, (await register(house(), profile)).Id);
  }
});

async function authUrl(profile: Profile): Promise<string> {
  const consent = await createAccess(house(), registrations.get(profile) ?? '');
  return (await startAuthorisation(house(), 'account-access', consent)).AuthUrl;
}

/** Presses Tab as often as that. @returns the names of the fields and buttons that it led to */
async function tab(page: Page, times: number): Promise<(string | null)[]> {
  const names: (string | null)[] = [];
  for (let pressed = 0; pressed < times; pressed++) {
    await page.keyboard.press('Tab');
    names.push(await page.locator(':focus').getAttribute('name'));
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  }
  return names;
}

/** Fields whose purpose is not read aloud. */
function unlabelled(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('input')]
    .filter((input) => ![...input.labels].some((label) => label.innerText.trim() !== ''))
    .map((input) => input.name)`);
}

it('lets a customer share accounts by keyboard alone, every field named', async () => {
  const { context } = await browser.visit();
  const page = await context.newPage();
  await page.goto(await authUrl('Sandbox_Hybrid'));
  expect(await unlabelled(page)).toEqual([]);
  expect(await tab(page, 1)).toEqual(['username']);
  await page.keyboard.type('alice');
  expect(await tab(page, 1)).toEqual(['password']);
  await page.keyboard.type('alice');
  await page.keyboard.press('Enter');

  const accounts = page.getByRole('group', { name: 'Accounts to share' }).getByRole('checkbox');
  await accounts.first().waitFor();
  expect(await unlabelled(page)).toEqual([]);
  const offered = await accounts.count();
  expect(await tab(page, 1)).toEqual(['account']);
  await page.keyboard.press('Space');
  expect(await accounts.first().isChecked()).toBe(false);
  expect(await tab(page, offered)).toEqual([...Array(offered - 1).fill('account'), 'decision']);
  await page.keyboard.press('Enter');
  await told(page, 'Thank you');
  await context.close();
});

it('needs no script where the bank answers in the query', async () => {
  const { context } = await browser.visit({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(await authUrl('Sandbox_Jarm'));
  await signIn(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await told(page, 'Thank you');
  await context.close();
});

it('has words for browsers without script where the bank answers in the fragment', async () => {
  const { context } = await browser.visit({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(await authUrl('Sandbox_Hybrid'));
  await signIn(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await told(page, 'One moment');
  // A driven browser does not show them, with its scripts off or on.
  expect(await page.locator('noscript').textContent()).toContain('This page needs JavaScript');
  await context.close();
});

it('holds every page on the way back to one policy, under which no foreign script runs', async () => {
  const url = house().everything.roles.api.addresses.public;
  const { context, complaints } = await browser.visit();
  const page = await context.newPage();
  const policies = new Set<string | undefined>();
  for (const path of [
    'fragment-redirect',
    'outcome/authorisation-refused',
    'nothing',
    'outcome/authorised',
  ]) {
    const answer = await context.request.get(`${url}/auth/${path}`);
    policies.add(answer.headers()['content-security-policy']);
  }
  expect(policies.size).toBe(1);
  expect([...policies].join()).toContain("default-src 'none'; script-src 'self'");
  await page.goto(`${url}/auth/outcome/authorised`);
  await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
  `);
  expect(await page.title()).toBe('Thank you');
  expect(complaints.join()).toContain('Content Security Policy');
  await context.close();
});
