// The pages between a third party's request and the bank's answer: sign in, look, decide; or the same without a page.
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Interaction } from 'oidc-provider';
import { kindOfFamily } from './consent-kind.ts';
import { approve, refuse } from './decision.ts';
import { intentIdOf } from './intent.ts';
import { accountsFor } from './pages/account-choices.ts';
import { consentPage } from './pages/consent.ts';
import { pageHeaders } from './pages/layout.ts';
import { problemPage } from './pages/problem.ts';
import { signInPage } from './pages/sign-in.ts';
import type { BankUser, Consent } from './resources/deps.ts';
import type { RunningBank } from './running-bank.ts';

type PageContext = Context<{ Bindings: HttpBindings }>;

/** One visit: what oidc-provider knows of it and the consent it is about. */
interface Visit {
  details: Interaction;
  consent: Consent;
  thirdParty: string;
}

/** Tests name customer and accounts in this header: `alice;22289,31820`, or `deny`. */
const headlessHeader = 'x-sandbox-psu';

export function createInteractionApp(bank: RunningBank): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  /** Who signed in on which visit; forgotten with the process, and then they sign in again. */
  const signedIn = new Map<string, BankUser>();

  app.get('/:uid', async (context) => {
    const visit = await visitOf(bank, context);
    const headless = context.req.header(headlessHeader);
    if (headless !== undefined) return decideHeadless(bank, context, visit, headless);
    const user = signedIn.get(visit.details.uid);
    return user ? showConsent(bank, context, visit, user) : showSignIn(bank, context, visit);
  });

  app.post('/:uid/sign-in', async (context) => {
    const visit = await visitOf(bank, context);
    const { username, password } = await context.req.parseBody();
    const user = bank.state.users.find((known) => known.username === username && known.password === password);
    if (!user) return showSignIn(bank, context, visit, true);
    signedIn.set(visit.details.uid, user);
    return context.redirect(pathOf(bank, visit), 303);
  });

  app.post('/:uid/decision', async (context) => {
    const visit = await visitOf(bank, context);
    const form = await context.req.parseBody({ all: true });
    if (form.decision !== 'approve')
      return context.redirect(await refuse(bank, context.env, visit.details), 303);
    const user = signedIn.get(visit.details.uid);
    if (!user) return showSignIn(bank, context, visit);
    const accountIds = [form.account].flat().filter((value) => typeof value === 'string');
    try {
      const next = await approve(bank, context.env, visit.details, { psu: user.username, accountIds });
      signedIn.delete(visit.details.uid);
      return context.redirect(next, 303);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return showConsent(bank, context, visit, user, `That cannot be: ${error.message}.`);
    }
  });

  app.onError((error, context) => {
    const lost = error.name === 'SessionNotFound' || error instanceof NothingToDecide;
    if (!lost) process.stderr.write(`sandbox bank: ${error.stack}\n`);
    const reason = lost ? 'There is no request that waits for you here.' : 'The bank failed.';
    return context.html(problemPage(bank.personality, reason), lost ? 400 : 500, pageHeaders());
  });
  return app;
}

/** Where the visit's pages are. */
function pathOf({ urls }: RunningBank, { details }: Visit): string {
  return `${new URL(urls.pages).pathname}/interaction/${details.uid}`;
}

class NothingToDecide extends Error {}

async function visitOf(bank: RunningBank, context: PageContext): Promise<Visit> {
  const details = await bank.provider.interactionDetails(context.env.incoming, context.env.outgoing);
  const consent = bank.state.consents.get(intentIdOf(bank.personality, details.params) ?? '');
  if (!consent || details.uid !== context.req.param('uid')) throw new NothingToDecide();
  const registration = bank.registrations.get(consent.clientId);
  return { details, consent, thirdParty: registration?.softwareName ?? 'A third party' };
}

async function decideHeadless(
  bank: RunningBank,
  context: PageContext,
  { details, consent }: Visit,
  header: string,
): Promise<Response> {
  if (header === 'deny') return context.redirect(await refuse(bank, context.env, details), 303);
  const [psu = '', accounts] = header.split(';');
  const accountIds = accounts?.split(',') ?? everyAccount(bank, psu, consent);
  try {
    return context.redirect(await approve(bank, context.env, details, { psu, accountIds }), 303);
  } catch (error) {
    return context.json({ error: error instanceof Error ? error.message : 'failed' }, 400);
  }
}

/** What a customer who does not choose agrees to: all accounts to look at, the first that can pay, the one asked about. */
function everyAccount({ state }: RunningBank, psu: string, consent: Consent): string[] {
  const user = state.users.find(({ username }) => username === psu);
  if (!user) return [];
  const accounts = accountsFor(consent, user);
  const chosen = kindOfFamily(consent.family) === 'payments' ? accounts.slice(0, 1) : accounts;
  return chosen.map(({ accountId }) => accountId);
}

function showSignIn(bank: RunningBank, context: PageContext, visit: Visit, failed = false) {
  const { details, thirdParty } = visit;
  const content = signInPage({ bank: bank.personality, thirdParty, path: pathOf(bank, visit), failed });
  return context.html(content, failed ? 401 : 200, pageHeaders(String(details.params.redirect_uri)));
}

function showConsent(
  bank: RunningBank,
  context: PageContext,
  visit: Visit,
  user: BankUser,
  problem?: string,
) {
  const { details, consent, thirdParty } = visit;
  const view = { bank: bank.personality, thirdParty, path: pathOf(bank, visit), consent, user };
  const content = consentPage(problem === undefined ? view : { ...view, problem });
  return context.html(
    content,
    problem === undefined ? 200 : 400,
    pageHeaders(String(details.params.redirect_uri)),
  );
}
