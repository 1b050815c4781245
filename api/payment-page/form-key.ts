// What shows that a form was sent from the page itself: a value that follows from a cookie of this browser, so that no
// other site can have it sent.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ApiEnv } from '../deps.ts';

const cookie = '__Host-Form-Key';

const keyOf = (secret: string, token: string) =>
  createHmac('sha256', secret).update(`forms of ${token}`).digest('base64url');

/** The value for the forms of the page; gives the browser its cookie if it has none. */
export function formKey(c: Context<ApiEnv>, token: string): string {
  const secret = getCookie(c, cookie) ?? randomBytes(32).toString('base64url');
  setCookie(c, cookie, secret, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
  return keyOf(secret, token);
}

export function isFromThePage(c: Context<ApiEnv>, token: string, given: string | undefined): boolean {
  const secret = getCookie(c, cookie);
  if (secret === undefined || given === undefined) return false;
  const [own, sent] = [Buffer.from(keyOf(secret, token)), Buffer.from(given)];
  return own.length === sent.length && timingSafeEqual(own, sent);
}
