// The frame of every page a customer of the bank sees; no script, one style sheet.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';

/** Escaped text with markup, as hono's `html` makes it. */
export type Markup = ReturnType<typeof html>;

export function page(bank: Personality, title: string, content: Markup | Promise<Markup>): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${bank.displayName}</title>
        <link rel="stylesheet" href="/assets/bank.css" />
      </head>
      <body>
        <header>
          <p class="bank">${bank.displayName}</p>
          <p class="notice">Sandbox: nobody’s money</p>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
}

/** Sent with every page: nothing is loaded but the style sheet, and forms lead back to the bank or to the third party. */
export function pageHeaders(redirectUri?: string): Record<string, string> {
  // Browsers hold a form to this also where its answer redirects to.
  const formTargets = redirectUri === undefined ? "'self'" : `'self' ${new URL(redirectUri).origin}`;
  return {
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action ${formTargets}; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };
}
