// Where the customer chooses a bank: a list to search in, each bank a button.
import { html } from 'hono/html';
import { type BankToChoose, matching } from './banks.ts';
import type { Html } from './layout.ts';

export interface Choice {
  banks: readonly BankToChoose[];
  /** What the customer has searched for. */
  search: string;
}

export function choosing({ banks, search }: Choice, { path, key }: { path: string; key: string }): Html {
  const found = matching(banks, search);
  const taking = found.filter(({ takesIt }) => takesIt);
  const others = found.filter(({ takesIt }) => !takesIt).map(({ name }) => name);
  return html`
<form role="search" action="${path}" method="get">
<label for="search">Search for your bank</label>
<div class="search"><input id="search" type="search" name="search" maxlength="100" autocomplete="off" value="${search}"><button class="quiet">Search</button></div>
</form>
<section aria-labelledby="banks">
<h2 id="banks">Choose your bank</h2>
${taking.length === 0 ? html`<p>We have found no bank of that name. ${all(path)}</p>` : list(taking, { path, key })}
${others.length === 0 ? '' : html`<p>Not for this payment: ${others.join(', ')}. We cannot send these banks a payment of this kind.</p>`}
</section>`;
}

const all = (path: string) => html`<a href="${path}">Show all banks</a>`;

const list = (banks: readonly BankToChoose[], { path, key }: { path: string; key: string }) => html`
<form method="post" action="${path}/choose">
<input type="hidden" name="key" value="${key}">
<ul class="banks">${banks.map(
  ({ bankRegistrationId, name }) =>
    html`<li><button class="quiet" name="bank" value="${bankRegistrationId}">${name}</button></li>`,
)}</ul>
</form>`;
