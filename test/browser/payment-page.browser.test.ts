// The page of a payment: its customer goes on to the bank from it, on this screen or on a phone, or calls the payment off.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { create, type Profile, register } from '../journeys/customer-journeys.ts';
import { eventually } from '../journeys/eventually.ts';
import { barriers } from './accessibility.ts';
import { useBrowser } from './browser.ts';
import { signIn, told } from './customer.ts';
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();
const shop = 'https://shop.example/orders/7';
const registrations = new Map<Profile, string>();

beforeAll(async () => {
  for (const profile of ['Sandbox_Hybrid', 'Sandbox_Jarm'] as const)
    registrations.set(profile, (await register(house(), profile)).Id);
});

async function asked(profile: Profile = 'Sandbox_Hybrid', changes: object = {}) {
  return await create(house(), '/payment-journeys', {
    BankRegistrationId: registrations.get(profile),
    InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
    Creditor: { Name: 'Halcyon <b>Interiors</b>', Identification: '99000212345678' },
    ...{ RemittanceReference: 'INVOICE-7', ReturnUrl: shop },
    ...changes,
  });
}

async function statusOf(id: string): Promise<string> {
  return (await house().ask('GET', `/payment-journeys/${id}`)).body.Status;
}

/** Where customers go back to, as far as a browser is concerned. */
async function openShop(context: BrowserContext): Promise<void> {
  const body = '<!doctype html><title>Shop</title><h1>Your order</h1>';
  await context.route(`${new URL(shop).origin}/**`, (route) => {
    // Nothing tells the shop which page the customer came from.
    expect(route.request().headers().referer).toBeUndefined();
    return route.fulfill({
      ...{ contentType: 'text/html', body },
      headers: { 'content-security-policy': "default-src 'none'" },
    });
  });
}

async function approve(page: Page): Promise<void> {
  await signIn(page);
  await page.getByRole('button', { name: 'Approve payment' }).click();
}

const onwards = (page: Page, bank: string) => page.getByRole('button', { name: `Continue to ${bank}` });

/** What a camera reads off the screen. */
async function scanned(page: Page): Promise<string> {
  const shot = await page.getByRole('img', { name: /QR code/ }).screenshot();
  const reader = readFileSync(createRequire(import.meta.url).resolve('jsqr'), 'utf8');
  const desk = await page.context().browser()?.newPage();
  if (desk === undefined) throw new Error('There is no browser.');
  await desk.evaluate(`${reader}; undefined`);
  const text: string = await desk.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${shot.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const picture = canvas.getContext('2d');
    picture.drawImage(image, 0, 0);
    return jsQR(picture.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data;
  })()`);
  await desk.close();
  return text;
}

describe('the page of a payment', () => {
  it('needs no script: the customer sees what is to be paid, approves it, and goes back', async () => {
    const { Id, HostedUrl } = await asked('Sandbox_Jarm');
    const { context, complaints, unguarded } = await browser.visit({ javaScriptEnabled: false });
    await openShop(context);
    const page = await context.newPage();
    await page.goto(HostedUrl);
    await told(page, 'Pay Halcyon <b>Interiors</b>');
    for (const shown of ['£12.50', 'ending in 5678', 'INVOICE-7']) await page.getByText(shown).waitFor();
    await onwards(page, 'Kestrel Bank').click();
    await approve(page);
    await told(page, 'Your order');
    const { search } = new URL(page.url());
    expect(new URLSearchParams(search).get('paymentJourneyId')).toBe(Id);
    await page.goto(HostedUrl);
    await told(page, 'Thank you');
    await page.getByRole('link', { name: 'Back to shop.example' }).click();
    await told(page, 'Your order');
    expect({ complaints, unguarded }).toEqual({ complaints: [], unguarded: [] });
    await context.close();
  });

  it('can be used with the keyboard alone', async () => {
    const { Id, HostedUrl } = await asked();
    const { context } = await browser.visit();
    await openShop(context);
    const page = await context.newPage();
    await page.goto(HostedUrl);
    const reached: (string | null)[] = [];
    for (let pressed = 0; pressed < 4; pressed++) {
      await page.keyboard.press('Tab');
      reached.push(await page.locator(':focus').textContent());
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    }
    expect(reached).toEqual([
      ...['Continue to Halyard Bank', 'Show the link instead', 'I do not want to pay', 'Look again'],
    ]);
    for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await approve(page);
    await told(page, 'Your order');
    expect(await statusOf(Id)).toMatch(/^(submitting|following)$/);
    await context.close();
  });

  it('is handed over to a phone by its QR code, and notices how it went on there', async () => {
    const { Id, HostedUrl } = await asked();
    const desk = await browser.visit();
    const screen = await desk.context.newPage();
    await screen.goto(HostedUrl);
    const link = await scanned(screen);
    expect(link).toBe(`${HostedUrl}/phone`);

    const phone = await browser.visit({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await openShop(phone.context);
    const hand = await phone.context.newPage();
    await hand.goto(link);
    await told(hand, 'Pay Halcyon');
    expect(await hand.getByRole('img').count()).toBe(0);
    expect(await barriers(hand)).toEqual([]);
    expect(await hand.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await onwards(hand, 'Halyard Bank').tap();
    await approve(hand);
    await told(hand, 'Thank you');
    await hand.getByText('put your phone away').waitFor();
    expect(await barriers(hand)).toEqual([]);

    await told(screen, 'Thank you');
    expect(await barriers(screen)).toEqual([]);
    expect(await statusOf(Id)).toMatch(/^(submitting|following)$/);
    expect([...desk.complaints, ...phone.complaints]).toEqual([]);
    await Promise.all([desk.context.close(), phone.context.close()]);
  });

  it('lets the customer call the payment off, and no other site', async () => {
    const { Id, HostedUrl } = await asked();
    const { context, complaints } = await browser.visit();
    const page = await context.newPage();
    await page.goto(HostedUrl);
    expect(await barriers(page)).toEqual([]);
    const forged = await context.newPage();
    await forged.route('https://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${HostedUrl}/call-off">`,
      }),
    );
    await forged.goto('https://evil.example/');
    await forged.evaluate('document.forms[0].submit()');
    await told(forged, 'Please try once more');
    expect(await barriers(forged)).toEqual([]);
    expect(await statusOf(Id)).toBe('awaiting-authorisation');

    await page.getByText('I do not want to pay').click();
    await page.getByRole('button', { name: 'Call this payment off' }).click();
    await told(page, 'Called off');
    expect(await barriers(page)).toEqual([]);
    expect(await statusOf(Id)).toBe('called-off');
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await context.close();
  });

  it('has the customer choose a bank, searching without script, and the first choice count', async () => {
    const { Id, HostedUrl, Status } = await asked('Sandbox_Jarm', { BankRegistrationId: undefined });
    expect(Status).toBe('awaiting-bank');
    const { context, complaints } = await browser.visit({ javaScriptEnabled: false });
    await openShop(context);
    const page = await context.newPage();
    await page.goto(HostedUrl);
    const banks = page.getByRole('listitem').getByRole('button');
    expect(await banks.allTextContents()).toEqual(['Halyard Bank', 'Kestrel Bank']);
    await page.getByLabel('Search for your bank').fill('kest');
    await page.keyboard.press('Enter');
    await page.getByText('Halyard Bank').waitFor({ state: 'detached' });
    expect(await banks.allTextContents()).toEqual(['Kestrel Bank']);
    const late = await context.newPage();
    await late.goto(HostedUrl);
    await banks.first().focus();
    await page.keyboard.press('Enter');
    await onwards(page, 'Kestrel Bank').waitFor();
    await late.getByRole('button', { name: 'Halyard Bank' }).click();
    await onwards(late, 'Kestrel Bank').click();
    await approve(late);
    await told(late, 'Your order');
    const { body } = await house().ask('GET', `/payment-journeys/${Id}`);
    expect(body).toMatchObject({ BankProfile: 'Sandbox_Jarm', Status: expect.stringMatching(/ing$/) });
    expect(complaints).toEqual([]);
    await context.close();

    const open = await asked('Sandbox_Jarm', { BankRegistrationId: undefined });
    const judged = await browser.visit();
    const list = await judged.context.newPage();
    await list.goto(open.HostedUrl);
    expect(await barriers(list)).toEqual([]);
    await list.getByText('I do not want to pay').click();
    await list.getByRole('button', { name: 'Call this payment off' }).click();
    await told(list, 'Called off');
    expect(await statusOf(open.Id)).toBe('called-off');
    await judged.context.close();
  });

  it('takes a customer back in the browser alone that went to the bank', async () => {
    const { Id, HostedUrl } = await asked('Sandbox_Jarm');
    const { context } = await browser.visit();
    await openShop(context);
    const page = await context.newPage();
    const bank = house().everything.roles['sandbox-bank'].addresses.browser ?? '';
    await page.goto(HostedUrl);
    const going = page.waitForRequest((request) => request.url().startsWith(bank));
    await onwards(page, 'Kestrel Bank').click();
    await page.getByLabel('Username').waitFor();
    // Going there again, in another tab say, does no harm to the first attempt.
    await page.goto(HostedUrl);
    await onwards(page, 'Kestrel Bank').click();
    await page.getByLabel('Username').waitFor();
    const back = await house().authorise((await going).url());
    const stranger = await browser.visit();
    const elsewhere = await stranger.context.newPage();
    await elsewhere.goto(back);
    await told(elsewhere, 'That did not work');
    expect(await statusOf(Id)).toBe('awaiting-authorisation');
    await page.goto(back);
    await told(page, 'Your order');
    await eventually(async () => expect(await statusOf(Id)).toBe('following'));
    await Promise.all([context.close(), stranger.context.close()]);
  });
});
