// Where a customer says who they are, before they are shown what a third party asks for.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';
import { type Markup, page } from './layout.ts';

export interface SignInView {
  bank: Personality;
  thirdParty: string;
  /** Of the visit: forms lead below it. */
  path: string;
  /** Set after a wrong attempt. */
  failed?: boolean;
}

export function signInPage({ bank, thirdParty, path, failed }: SignInView): Markup {
  return page(
    bank,
    'Sign in',
    html`<p><strong>${thirdParty}</strong> has sent you here to ask for your consent.</p>
      ${failed ? html`<p class="problem" role="alert">This name and password do not belong together.</p>` : ''}
      <form method="post" action="${path}/sign-in">
        <label for="username">Username</label>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" required />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button type="submit">Sign in</button>
      </form>
      <form method="post" action="${path}/decision">
        <button type="submit" name="decision" value="cancel" class="quiet">Cancel and go back</button>
      </form>
      <p class="hint">In this sandbox: alice, bob, acme or wren; each password is the name.</p>`,
  );
}
