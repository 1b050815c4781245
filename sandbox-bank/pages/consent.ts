// Where a customer sees what a third party asks for, chooses accounts and decides.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';
import type { BankUser, Consent } from '../resources/deps.ts';
import { accountsFor } from './account-choices.ts';
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
  return pages[view.consent.family](view);
}

const pages: Record<Consent['family'], (view: ConsentView) => Markup> = {
  'account-access': accessPage,
  'domestic-payment': paymentPage,
  'funds-confirmation': fundsPage,
};

function accessPage({ bank, thirdParty, path, consent, user, problem }: ConsentView): Markup {
  return page(
    bank,
    'Share account information',
    html`<p><strong>${thirdParty}</strong> asks to see, ${until(consent)}:</p>
      <ul>
        ${describePermissions(consent.permissions).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${problemLine(problem)}
      <form method="post" action="${path}/decision">
        <fieldset>
          <legend>Accounts to share, ${user.displayName}</legend>
          ${accountsFor(consent, user).map((account) => accountChoice('checkbox', account, true))}
        </fieldset>
        ${buttons('Share')}
      </form>`,
  );
}

function paymentPage({ bank, thirdParty, path, consent, user, problem }: ConsentView): Markup {
  const { payment } = consent;
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
          ${accountsFor(consent, user).map((account, index) => accountChoice('radio', account, index === 0))}
        </fieldset>
        ${buttons('Approve payment')}
      </form>`,
  );
}

function fundsPage({ bank, thirdParty, path, consent, user, problem }: ConsentView): Markup {
  const accounts = accountsFor(consent, user);
  const { Identification = '', Name = '' } = consent.debtorAccount ?? {};
  return page(
    bank,
    'Confirm that funds are available',
    html`<p>
        <strong>${thirdParty}</strong> asks to be told, ${until(consent)}, whether this account has enough for a
        payment. It learns yes or no, never how much is there.
      </p>
      <dl>
        <dt>Account</dt>
        <dd>${accounts[0]?.identification ?? Identification}</dd>
        ${
          Name === ''
            ? ''
            : html`<dt>In the name of</dt>
              <dd>${Name}</dd>`
        }
      </dl>
      ${problemLine(problem ?? (accounts.length === 0 ? 'This account is not yours.' : undefined))}
      <form method="post" action="${path}/decision">
        <fieldset>
          <legend>Account to answer for, ${user.displayName}</legend>
          ${accounts.map((account) => accountChoice('radio', account, true))}
        </fieldset>
        ${buttons('Allow')}
      </form>`,
  );
}

function until({ expiresAtMs }: Consent): string {
  return expiresAtMs === undefined ? 'until you withdraw it' : `until ${new Date(expiresAtMs).toUTCString()}`;
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
