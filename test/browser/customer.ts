// What a customer does with a browser on the way to the bank and back.
import type { Page } from 'playwright-core';

export async function signIn(page: Page, name = 'alice', password = name): Promise<void> {
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
}

/** Resolves when the page says so. */
export function told(page: Page, title: string): Promise<void> {
  return page.getByRole('heading', { name: title }).waitFor();
}

/** Addresses that the back button of this tab leads to, and the present one. */
export async function addressesOf(page: Page): Promise<string[]> {
  const devTools = await page.context().newCDPSession(page);
  const { entries } = await devTools.send('Page.getNavigationHistory');
  return entries.map(({ url }) => url);
}
