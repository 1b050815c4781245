// What a customer sees when a request cannot go on and there is nowhere safe to send them back to.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';
import { type Markup, page } from './layout.ts';

export function problemPage(bank: Personality, reason: string): Markup {
  return page(
    bank,
    'This request cannot go on',
    html`<p>Go back to the app or site that sent you here and start again.</p>
      <p class="reason">${reason}</p>`,
  );
}
