// Where a customer sees what a third party asks for, chooses accounts and decides.
import { html } from 'hono/html';
import type { Personality } from '../personalities/personality.ts';
import type { BankUser, Consent } from '../resources/deps.ts';
import type { PaymentFamily } from '../resources/payment-families.ts';
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
  const { family } = view.consent;
  if (family === 'account-access') return accessPage(view);
  return family === 'funds-confirmation' ? fundsPage(view) : paymentPage(view, words[family]);
}

/** What is asked, and what the customer does by agreeing. */
const words: Record<PaymentFamily, { title: string; ask: string; approve: string }> = {
  'domestic-payment': {
    title: 'Approve a payment',
    ask: 'asks you to pay',
    approve: 'Approve payment',
  },
  'domestic-scheduled-payment': {
    title: 'Approve a payment on a later day',
    ask: 'asks you to pay later',
    approve: 'Approve payment',
  },
  'domestic-standing-order': {
    title: 'Set up a standing order',
    ask: 'asks you to pay regularly',
    approve: 'Set up standing order',
  },
  'international-payment': {
    title: 'Approve a payment abroad',
    ask: 'asks you to pay abroad',
    approve: 'Approve payment',
  },
  'international-scheduled-payment': {
    title: 'Approve a payment abroad on a later day',
    ask: 'asks you to pay abroad later',
    approve: 'Approve payment',
  },
  'international-standing-order': {
    title: 'Set up a standing order abroad',
    ask: 'asks you to pay abroad regularly',
    approve: 'Set up standing order',
  },
  'file-payment': {
    title: 'Approve a file of payments',
    ask: 'asks you to make the payments of a file',
    approve: 'Approve all payments',
  },
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

function paymentPage(
  { bank, thirdParty, path, consent, user, problem }: ConsentView,
  { title, ask, approve }: (typeof words)[PaymentFamily],
): Markup {
  const { payment } = consent;
  const { creditor, reference, details = [] } = payment ?? {};
  return page(
    bank,
    title,
    html`<p><strong>${thirdParty}</strong> ${ask}:</p>
      <dl>
        <dt>Amount</dt>
        <dd class="amount">${payment?.amount ?? ''} ${payment?.currency ?? ''}</dd>
        ${creditor ? fact('To', `${creditor.name}, ${creditor.identification}`) : ''}
        ${reference === undefined ? '' : fact('Reference', reference)}
        ${details.map(({ term, detail }) => fact(term, detail))}
      </dl>
      ${problemLine(problem)}
      <form method="post" action="${path}/decision">
        <fieldset>
          <legend>Account to pay from, ${user.displayName}</legend>
          ${accountsFor(consent, user).map((account, index) => accountChoice('radio', account, index === 0))}
        </fieldset>
        ${buttons(approve)}
      </form>`,
  );
}

function fact(term: string, detail: string): Markup {
  return html`<dt>${term}</dt>
    <dd>${detail}</dd>`;
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
