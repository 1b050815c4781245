// What a customer's browser brings back from the bank, on either listener: the session that it was given, the page that
// reads what stands behind the #, and the headers that keep it all to itself.
import { readFileSync } from 'node:fs';
import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ApiEnv } from './deps.ts';
import { fragmentPage } from './public/page.ts';
import { parsedForm } from './validation.ts';

const sessionCookie = '__Host-Session-Id';

/** The page may load its own two files and send its own form; nobody may frame it, and it tells nobody its address. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const files = {
  '/auth/fragment-redirect.js': { type: 'text/javascript', text: textOf('fragment-redirect.js') },
  '/auth/payment-page.js': { type: 'text/javascript', text: textOf('payment-page.js') },
  '/auth/page.css': { type: 'text/css', text: textOf('page.css') },
};

export const sessionOf = (c: Context<ApiEnv>): string | undefined => getCookie(c, sessionCookie);

export function giveSession(c: Context<ApiEnv>, appSessionId: string, seconds: number): void {
  setCookie(c, sessionCookie, appSessionId, {
    ...{ path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: seconds },
  });
}

export function queryForm(c: Context<ApiEnv>): Record<string, string> {
  const queryAt = c.req.url.indexOf('?');
  return parsedForm(queryAt === -1 ? '' : c.req.url.slice(queryAt + 1));
}

export function addFragmentPage(app: Hono<ApiEnv>): void {
  app.get('/auth/fragment-redirect', (c) => c.html(fragmentPage, 200, pageHeaders));
  for (const [path, { type, text }] of Object.entries(files)) {
    app.get(path, (c) => c.body(text, 200, { ...pageHeaders, 'content-type': `${type}; charset=utf-8` }));
  }
}

function textOf(name: string): string {
  return readFileSync(new URL(`./public/${name}`, import.meta.url), 'utf8');
}
