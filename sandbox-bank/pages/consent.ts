// Where a customer sees what a third party asks for, chooses accounts and decides.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';
import type { BankUser, Consent } from '../resources/deps.ts';
import { type Markup, page } from './layout.ts';
import { describePermissions } from './permissions.ts';

export interface ConsentView {
  bank: Personality;
  thirdParty: string;
  /** Of the visit: forms lead below it. */
  path: string;
  consent: Consent;
  user: BankUser;
  /** What was wrong with the last attempt. */
  problem?: string;
}

export function consentPage(view: ConsentView): Markup {
  return view.consent.family === 'account-access' ? accessPage(view) : paymentPage(view);
}

function accessPage({ bank, thirdParty, path, consent, user, problem }: ConsentView): Markup {
  const until =
    consent.expiresAtMs === undefined
      ? 'until you withdraw it'
      : `until ${new Date(consent.expiresAtMs).toUTCString()}`;
  return page(
    bank,
    'Share account information',
    html`<p><strong>${thirdParty}</strong> asks to see, ${until}:</p>
      <ul>
        ${describePermissions(consent.permissions).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${problemLine(problem)}
      <form method="post" action="${path}/decision">
        <fieldset>
          <legend>Accounts to share, ${user.displayName}</legend>
          ${user.accounts.map((account) => accountChoice('checkbox', account, true))}
        </fieldset>
        ${buttons('Share')}
      </form>`,
  );
}

function paymentPage({ bank, thirdParty, path, consent, user, problem }: ConsentView): Markup {
  const { payment } = consent;
  const payers = user.accounts.filter(({ canPay }) => canPay);
  return page(
    bank,
    'Approve a payment',
    html`<p><strong>${thirdParty}</strong> asks you to pay:</p>
      <dl>
        <dt>Amount</dt>
        <dd class="amount">${payment?.amount ?? ''} ${payment?.currency ?? ''}</dd>
        <dt>To</dt>
        <dd>${payment?.creditorName ?? ''}, ${payment?.creditorIdentification ?? ''}</dd>
        ${
          payment?.reference === undefined
            ? ''
            : html`<dt>Reference</dt>
              <dd>${payment.reference}</dd>`
        }
      </dl>
      ${problemLine(problem)}
      <form method="post" action="${path}/decision">
        <fieldset>
          <legend>Account to pay from, ${user.displayName}</legend>
          ${payers.map((account, index) => accountChoice('radio', account, index === 0))}
        </fieldset>
        ${buttons('Approve payment')}
      </form>`,
  );
}

function accountChoice(
  type: 'checkbox' | 'radio',
  account: BankUser['accounts'][number],
  checked: boolean,
): Markup {
  const { accountId, nickname, identification, currency } = account;
  return html`<label class="choice">
    <input type="${type}" name="account" value="${accountId}" ${checked ? html`checked` : ''} />
    <span>${nickname} <small>${identification}, ${currency}</small></span>
  </label>`;
}

function problemLine(problem: string | undefined): Markup | string {
  return problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`;
}

function buttons(approve: string): Markup {
  return html`<p class="buttons">
    <button type="submit" name="decision" value="approve">${approve}</button>
    <button type="submit" name="decision" value="cancel" class="quiet" formnovalidate>Cancel</button>
  </p>`;
}
