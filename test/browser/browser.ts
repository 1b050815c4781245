// One browser for a test file: contexts that trust the sandbox's certificate and tell whatever went wrong on a page.
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { findBrowser } from '../../embedded/browser.ts';

export interface Visit {
  context: BrowserContext;
  /** What pages complained about: console errors and scripts that failed. */
  complaints: string[];
  /** Pages that came without a content-security policy. */
  unguarded: string[];
}

/** Opened before the tests of the file, closed after them. */
export function useBrowser(): { visit(options?: BrowserContextOptions): Promise<Visit> } {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = findBrowser();
    if (executablePath === undefined) throw new Error('There is no Chromium on PATH.');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  return {
    visit: async (options = {}) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
      context.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      context.on('weberror', (error) => complaints.push(error.error().message));
      const unguarded: string[] = [];
      context.on('response', (response) => {
        const isPage = response.request().isNavigationRequest() && !isRedirect(response.status());
        if (isPage && !('content-security-policy' in response.headers())) unguarded.push(response.url());
      });
      return { context, complaints, unguarded };
    },
  };
}

const isRedirect = (status: number) => status >= 300 && status < 400;
