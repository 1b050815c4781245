// Who calls the resource server: the certificate of the connection and the bearer token bound to it (RFC 8705, RFC 6750).
import type { IncomingMessage } from 'node:http';
import type { Token } from 'oidc-provider';
import { clientCertificate, thumbprint } from './client-certificate.ts';
import { atTimeOf } from './provider-module.ts';
import type { Authentication } from './resources/deps.ts';
import type { RunningBank } from './running-bank.ts';

export function authenticate(bank: RunningBank, request: IncomingMessage): Promise<Authentication> {
  return atTimeOf(bank.clock, () => judge(bank, request));
}

/** Whether the request's token is one of this bank's, good or not: it tells apart banks that share an address. */
export function isOwnToken(bank: RunningBank, request: IncomingMessage): Promise<boolean> {
  return atTimeOf(bank.clock, async () => (await findToken(bank, bearerToken(request) ?? '')) !== undefined);
}

async function judge(bank: RunningBank, request: IncomingMessage): Promise<Authentication> {
  const certificate = clientCertificate(request);
  const value = bearerToken(request);
  if (!certificate || value === undefined) return { refusal: 401 };
  const found = await findToken(bank, value);
  if (!found || found.token.isExpired) return { refusal: 401 };
  const { token, kind } = found;
  if (token['x5t#S256'] !== thumbprint(certificate)) return { refusal: 401 };
  // A client that was deleted takes its tokens with it.
  const registration = bank.registrations.get(token.clientId);
  if (!registration) return { refusal: 401 };
  const { orgId, softwareId } = registration;
  const caller = { clientId: token.clientId, orgId, softwareId, scopes: [...token.scopes] };
  if (kind === 'client') return { kind, ...caller };
  const consentId = token.extra?.consent_id;
  return typeof consentId === 'string' ? { kind, ...caller, consentId } : { refusal: 401 };
}

async function findToken(
  { provider }: RunningBank,
  value: string,
): Promise<{ token: Token; kind: 'client' | 'customer' } | undefined> {
  const ofCustomer = await provider.AccessToken.find(value);
  if (ofCustomer) return { token: ofCustomer, kind: 'customer' };
  const ofClient = await provider.ClientCredentials.find(value);
  return ofClient && { token: ofClient, kind: 'client' };
}

export function bearerToken({ headers }: IncomingMessage): string | undefined {
  return /^Bearer ([\w~.+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
}
