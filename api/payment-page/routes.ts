// /pay/{token}: the page on which a customer sees what is to be paid, goes on to the bank, or calls it off. It needs no
// script, and whoever has its link may use it.
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { PaymentJourneyRecord } from '../../store/payment-journeys.ts';
import { paymentJourneyWorkflowId } from '../../workflows/contracts/ids.ts';
import { withAppSession } from '../app-session.ts';
import { callOff } from '../call-off-payment.ts';
import { createAuthContext } from '../create-auth-context.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { standingOf } from '../payment-journey-standing.ts';
import { Problem } from '../problem.ts';
import { onwardPage } from '../public/page.ts';
import { authContextLifetimeMs } from '../redirect.ts';
import { giveSession, pageHeaders, sessionOf } from '../returned-browser.ts';
import { tenantOf } from '../tenant.ts';
import { parsedForm } from '../validation.ts';
import { banksToChoose } from './banks.ts';
import { chooseBank } from './choose-bank.ts';
import { formKey, isFromThePage } from './form-key.ts';
import { markHandedOver, wasHandedOver } from './handed-over.ts';
import { page } from './layout.ts';
import { journeyBehind, pathOf } from './link.ts';
import { orderInWords } from './order.ts';
import { addReturnedPage } from './returned.ts';
import { paymentPage } from './view.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'clock' | 'bankReads' | 'bankProfiles' | 'publicUrl'>;

/** Its script may ask how the payment stands. */
const policyName = 'content-security-policy';
const policy = `${pageHeaders[policyName]}; connect-src 'self'`;

export function addPaymentPage(app: Hono<ApiEnv>, deps: Deps): void {
  const { records, bankProfiles, publicUrl } = deps;
  const bankOf = ({ bankProfile }: PaymentJourneyRecord) =>
    bankProfile === null ? '' : (bankProfiles.describe(bankProfile)?.Brand ?? bankProfile);

  async function view(c: Context<ApiEnv>, token: string): Promise<Response> {
    const journey = await journeyBehind(deps, token);
    const open = await records.paymentJourneys.findOpen(tenantOf(), journey.id);
    const asked =
      open?.requestBody ?? (await records.consents.findRequestBody(tenantOf(), journey.consentId));
    if (asked === undefined) throw new Problem('not-found');
    const isOpen = open !== undefined && standingOf(journey).status === 'awaiting-bank';
    const choice = isOpen
      ? { banks: await banksToChoose(deps, open), search: c.req.query('search') ?? '' }
      : undefined;
    const [path, base] = [pathOf(token), publicUrl()];
    c.header(policyName, policy);
    const shown = paymentPage({
      ...{ journey, path, choice, order: orderInWords(asked), bank: bankOf(journey), key: formKey(c, token) },
      phoneUrl: base === undefined || wasHandedOver(c, token) ? undefined : `${base}${path}/phone`,
    });
    return c.html(shown);
  }

  /** Only what the page itself sends; nobody else can have it sent. */
  async function sent(c: Context<ApiEnv>, token: string) {
    const journey = await journeyBehind(deps, token);
    const form = parsedForm(await c.req.text());
    return isFromThePage(c, token, form.key) ? { journey, form } : undefined;
  }

  app.get('/pay/:token', (c) => view(c, c.req.param('token')));

  app.get('/pay/:token/state', async (c) =>
    c.text(standingOf(await journeyBehind(deps, c.req.param('token'))).status),
  );

  app.get('/pay/:token/phone', async (c) => {
    const token = c.req.param('token');
    await journeyBehind(deps, token);
    markHandedOver(c, token);
    return c.redirect(pathOf(token), 303);
  });

  app.post('/pay/:token/bank', async (c) => {
    const token = c.req.param('token');
    const { journey } = (await sent(c, token)) ?? {};
    if (journey === undefined) return notSent(c, token);
    if (standingOf(journey).status !== 'awaiting-authorisation') return c.redirect(pathOf(token), 303);
    const { id, consentId, family, createdBy, reference } = journey;
    const { authUrl, appSessionId } = await createAuthContext(deps, family, {
      ...{ consentId, createdBy, reference, workflowId: paymentJourneyWorkflowId(id) },
      ...{ returnsTo: publicUrl(), request: { operation: 'GoOnToBank', key: undefined, text: '' } },
    });
    giveSession(c, withAppSession(sessionOf(c), appSessionId), authContextLifetimeMs / 1000);
    const words = { title: 'One moment', text: `We are taking you to ${bankOf(journey)}.` };
    return c.html(onwardPage(words, authUrl));
  });

  app.post('/pay/:token/choose', async (c) => {
    const token = c.req.param('token');
    const { journey, form } = (await sent(c, token)) ?? {};
    if (journey === undefined) return notSent(c, token);
    const open = await records.paymentJourneys.findOpen(tenantOf(), journey.id);
    const banks = open === undefined ? [] : await banksToChoose(deps, open);
    const chosen = banks.find(({ bankRegistrationId }) => bankRegistrationId === form?.bank);
    if (chosen?.takesIt) await chooseBank(deps, journey.id, chosen);
    return c.redirect(pathOf(token), 303);
  });

  app.post('/pay/:token/call-off', async (c) => {
    const token = c.req.param('token');
    const { journey } = (await sent(c, token)) ?? {};
    if (journey === undefined) return notSent(c, token);
    try {
      await callOff(deps, journey.id);
    } catch (error) {
      // Then the page says how it went instead.
      if (!(error instanceof Problem) || error.code !== 'payment-journey-too-late') throw error;
    }
    return c.redirect(pathOf(token), 303);
  });

  addReturnedPage(app, deps);
}

function notSent(c: Context<ApiEnv>, token: string) {
  const title = 'Please try once more';
  const body = html`
<p>Your browser did not show that it had this payment open before. It has to take cookies for that.</p>
<p><a class="button" href="${pathOf(token)}">Back to the payment</a></p>`;
  return c.html(page({ title, body }), 400);
}
