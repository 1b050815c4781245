// Browsers that came to the page by its QR code: when they are back from the bank they stay, and the other one goes on.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ApiEnv } from '../deps.ts';

const cookie = '__Host-Handed-Over';
const daySeconds = 24 * 60 * 60;

/** Not the token itself: a cookie lives longer, and goes with every request. */
const markOf = (token: string) => createHash('sha256').update(`handed over: ${token}`).digest('base64url');

export function markHandedOver(c: Context<ApiEnv>, token: string): void {
  setCookie(c, cookie, markOf(token), {
    ...{ path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: daySeconds },
  });
}

export const wasHandedOver = (c: Context<ApiEnv>, token: string): boolean =>
  getCookie(c, cookie) === markOf(token);
