// The page of a payment as its customer sees it, by how the payment stands.
import { html } from 'hono/html';
import type { PaymentJourneyRecord } from '../../store/payment-journeys.ts';
import type { PaymentJourneyStatus } from '../../workflows/contracts/payment-journey.ts';
import { standingOf } from '../payment-journey-standing.ts';
import { type Choice, choosing } from './choose-view.ts';
import { type Html, page } from './layout.ts';
import type { OrderInWords } from './order.ts';
import { qrCode } from './qr-code.ts';
import { wordsFor } from './words.ts';

export interface PageFacts {
  journey: PaymentJourneyRecord;
  order: OrderInWords;
  /** Where the page is, without its origin. */
  path: string;
  /** As customers know it. */
  bank: string;
  /** Absent once there is a bank. */
  choice: Choice | undefined;
  /** For the forms of the page. */
  key: string;
  /** What a phone has to open; undefined where there is nothing to hand over. */
  phoneUrl: string | undefined;
}

export function paymentPage(facts: PageFacts): Html {
  const { journey, order, path } = facts;
  const { status, isFinal } = standingOf(journey);
  const { title, text } = wordsFor[status](order.payee);
  const body = html`
<p>${text}</p>
${orderList(order)}
${nextStep(facts, status)}
${isFinal ? '' : html`<p class="quiet"><a href="${path}">Look again</a> if you have gone on somewhere else.</p>`}`;
  return page({ title, state: isFinal ? undefined : status, body });
}

function orderList({ payee, account, amount, when, reference }: OrderInWords): Html {
  const told = [
    ['To', payee],
    ['Account', account],
    ['Amount', amount],
    ['When', when],
    ['Reference', reference],
  ].filter(([, value]) => value !== undefined);
  return html`<dl>${told.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function nextStep(facts: PageFacts, status: PaymentJourneyStatus): Html | string {
  const { choice, phoneUrl, bank } = facts;
  if (status === 'creating') return '';
  const next =
    choice !== undefined
      ? choosing(choice, facts)
      : status === 'awaiting-authorisation'
        ? form(facts, 'bank', html`<button>Continue to ${bank}</button>`)
        : undefined;
  if (next === undefined) return wayBack(facts);
  return html`${next}${phoneUrl === undefined ? '' : handOver(phoneUrl)}${notAtAll(facts)}`;
}

const notAtAll = (facts: PageFacts) => html`
<details>
<summary>I do not want to pay</summary>
<p>Nothing has been paid yet. Once you call the payment off, this link can no longer be used.</p>
${form(facts, 'call-off', html`<button class="quiet">Call this payment off</button>`)}
</details>`;

const form = ({ path, key }: PageFacts, action: string, inside: Html) => html`
<form method="post" action="${path}/${action}"><input type="hidden" name="key" value="${key}">${inside}</form>`;

function handOver(phoneUrl: string): Html {
  return html`
<section class="hand-over" aria-labelledby="hand-over">
<h2 id="hand-over">Rather use your phone?</h2>
<img src="${qrCode(phoneUrl)}" alt="QR code of the link to this payment" width="240" height="240">
<p>Scan the code with the camera of your phone and go on there. This page shows when you have approved the payment.</p>
<details>
<summary>Show the link instead</summary>
<p class="link"><a href="${phoneUrl}">${phoneUrl}</a></p>
</details>
</section>`;
}

function wayBack({ journey, path }: PageFacts): Html {
  const { host } = new URL(journey.returnUrl);
  return html`<p><a class="button" href="${path}/returned" rel="noreferrer">Back to ${host}</a></p>`;
}
