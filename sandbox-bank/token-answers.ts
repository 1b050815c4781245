// Answers of the token endpoint as the bank gives them: token types, scopes and tokens that are not as RFC 6749 has them.
import { randomBytes } from 'node:crypto';
import type { ProviderContext } from 'oidc-provider';
import { kindOf } from './consent-kind.ts';
import { type Grant, ruleFor } from './personalities/token-rules.ts';
import { errors } from './provider-module.ts';
import type { BankParts } from './running-bank.ts';
import { grantTypeOf } from './token-counters.ts';

const grants: Record<string, Grant> = {
  authorization_code: 'exchange',
  refresh_token: 'refresh',
  client_credentials: 'client-credentials',
};

/** The body to send; refusals stay as they are. */
export function tokenAnswer(bank: BankParts, context: ProviderContext): unknown {
  const { body } = context;
  if (typeof body !== 'object' || body === null || !('access_token' in body)) return body;
  const grant = grants[grantTypeOf(context)] ?? 'exchange';
  const rule = ruleFor(bank.personality.tokenAnswers, grant, kindOf(bank, context));
  const answer: Record<string, unknown> = { ...body };
  if (rule.tokenType !== undefined) answer.token_type = rule.tokenType;
  const scope = rule.scope === 'either' ? inTurn(bank, context, grant) : rule.scope;
  if (scope === 'empty') answer.scope = '';
  if (scope === 'with-more') answer.scope = `${answer.scope ?? ''} extended`.trim();
  if (rule.refreshToken === 'unasked') answer.refresh_token = randomBytes(24).toString('base64url');
  const withoutIdToken = grant === 'refresh' && !bank.knobs.idTokenOnRefresh;
  if (rule.idToken === 'left-out' || withoutIdToken) delete answer.id_token;
  return answer;
}

/** How many answers of a grant each consent has had, so that what a customer meets does not hang on other customers. */
const answered = new WeakMap<BankParts['grants'], Map<string, number>>();

function inTurn({ grants: given }: BankParts, { oidc }: ProviderContext, grant: Grant) {
  const counts = answered.get(given) ?? new Map<string, number>();
  answered.set(given, counts);
  const key = `${grant} ${given.get(oidc?.entities.Grant?.jti ?? '')?.consentId}`;
  const before = counts.get(key) ?? 0;
  counts.set(key, before + 1);
  return before % 2 === 0 ? 'with-more' : 'empty';
}

/** Throws where the bank wants the scope named in a request of this grant and it is not. */
export function checkScopeNamed(bank: BankParts, context: ProviderContext): void {
  const grant = grants[grantTypeOf(context)];
  if (grant === undefined || context.oidc?.route !== 'token') return;
  const kind = kindOf(bank, context);
  if (!ruleFor(bank.personality.tokenAnswers, grant, kind).demandsScope) return;
  // Not a parameter of every grant: oidc-provider drops it, the body still has it.
  const named = String(context.oidc?.body?.scope ?? '').split(' ');
  if (kind === undefined || !named.includes(kind)) throw new errors.InvalidRequest('scope is missing');
}
