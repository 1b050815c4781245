// ID tokens and signed authorisation answers as the bank gives them, and as tests want them: with other claims or another
// signature than OpenID Connect Core says.
import type { KeyObject } from 'node:crypto';
import {
  CompactSign,
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTPayload,
} from 'jose';
import type OidcProvider from 'oidc-provider';
import type { ProviderContext } from 'oidc-provider';
import { kindOf } from './consent-kind.ts';
import type { Knobs } from './knobs.ts';
import type { Personality } from './personalities/personality.ts';
import { type IdTokenPlace, type IdTokenRule, ruleFor } from './personalities/token-rules.ts';
import type { BankParts } from './running-bank.ts';
import { servedAt } from './served-addresses.ts';
import { grantTypeOf } from './token-counters.ts';

type Changes = NonNullable<Knobs['idTokenChanges']>;
type Rule = Partial<IdTokenRule>;

/** Both the authorisation endpoint and the token endpoint issue through the one method that is wrapped here. */
export function changeIdTokens(provider: OidcProvider, bank: BankParts): void {
  const { knobs, personality, seal } = bank;
  const { prototype } = provider.IdToken;
  const issue = prototype.issue;
  prototype.issue = async function (options) {
    const issued = await issue.call(this, options);
    const place = placeOf(issued, options.use, this.ctx);
    const rule = ruleFor(personality.idTokens, place, kindOf(bank, this.ctx));
    const jwt = options.use === 'idtoken' ? await asTheBankHasIt(bank, this.ctx, issued, rule) : issued;
    const changes = knobs.idTokenChanges;
    if (!changes) return jwt;
    const from = place === 'authorisation' ? 'authorisation' : 'token';
    return changes.from === 'both' || changes.from === from ? changed(jwt, changes, seal.key) : jwt;
  };
}

/** Only the ID token that comes beside a code tells the code's hash. */
function placeOf(jwt: string, use: string, context: ProviderContext): IdTokenPlace {
  if (use === 'authorization' || decodeJwt(jwt).c_hash !== undefined) return 'authorisation';
  return grantTypeOf(context) === 'refresh_token' ? 'refresh' : 'exchange';
}

async function asTheBankHasIt(
  bank: BankParts,
  context: ProviderContext,
  jwt: string,
  rule: Rule,
): Promise<string> {
  const claims = decodeJwt(jwt);
  const own = claimsOf(bank, context, claims, rule);
  if (rule.worthless) return sign(jwt, { ...own, sub: 'nobody', aud: 'nobody' }, await unpublishedKey());
  // Signed anew only where something differs: it is the costly part.
  return JSON.stringify(own) === JSON.stringify(claims) ? jwt : sign(jwt, own, bank.seal.key);
}

function claimsOf(bank: BankParts, context: ProviderContext, claims: JWTPayload, rule: Rule): JWTPayload {
  const given = bank.grants.get(context.oidc?.entities.Grant?.jti ?? '');
  const own: JWTPayload = { ...claims };
  const subject = rule.subject ?? bank.personality.subject;
  own.sub = subjectOf(subject, context, given?.consentId) ?? claims.sub ?? '';
  if (rule.acr !== undefined && own.acr !== undefined) own.acr = rule.acr;
  if (rule.issuer !== undefined) own.iss = servedAt(bank.listeners.browser, rule.issuer);
  if (rule.expiryInMilliseconds) own.exp = Number(claims.exp) * 1000;
  if (rule.repeatsFirstNonce && given?.firstNonce !== undefined) own.nonce = given.firstNonce;
  for (const name of rule.without ?? []) delete own[name];
  return own;
}

function subjectOf(
  subject: Personality['subject'],
  context: ProviderContext,
  consentId: string | undefined,
): string | undefined {
  switch (subject) {
    case 'consent':
      return consentId;
    case 'customer':
      return context.oidc?.entities.Grant?.accountId;
    case 'client':
      return context.oidc?.client?.clientId;
    case 'pairwise':
      // oidc-provider's own doing, by what the client registered.
      return undefined;
  }
}

async function changed(jwt: string, { claims, signature }: Changes, ownKey: KeyObject): Promise<string> {
  const merged = Object.entries({ ...decodeJwt(jwt), ...claims }).filter(([, value]) => value !== null);
  const payload = Object.fromEntries(merged);
  if (signature !== 'none') return sign(jwt, payload, signature === 'own' ? ownKey : await unpublishedKey());
  const { kid } = decodeProtectedHeader(jwt);
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encoded({ alg: 'none', kid })}.${encoded(payload)}.`;
}

/** With the header of the token it stands for. */
function sign(like: string, claims: object, key: KeyObject | CryptoKey): Promise<string> {
  const { kid } = decodeProtectedHeader(like);
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'PS256', ...(kid ? { kid } : {}) })
    .sign(key);
}

async function unpublishedKey(): Promise<CryptoKey> {
  return (await generateKeyPair('PS256')).privateKey;
}
