// Who may look at a registration and change it: its own client, by the token this bank wants for that.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { authenticate, bearerToken } from '../authentication.ts';
import { clientCertificate } from '../client-certificate.ts';
import type { RunningBank } from '../running-bank.ts';
import type { Registration } from './registration.ts';

type RegistrationContext = Context<{ Bindings: HttpBindings }>;

const apiScopes = ['accounts', 'payments', 'fundsconfirmations'];

/** The registration of the path, when the request's token opens it; otherwise the answer that refuses. */
export async function openedRegistration(
  bank: RunningBank,
  context: RegistrationContext,
): Promise<Registration | Response> {
  const known = bank.registrations.get(context.req.param('clientId') ?? '');
  return bank.personality.registration.managedWith === 'registration-access-token'
    ? openedByItsToken(context, known)
    : openedByClient(bank, context, known);
}

function openedByItsToken(
  context: RegistrationContext,
  known: Registration | undefined,
): Registration | Response {
  const { incoming } = context.env;
  const isItsToken = known?.accessToken !== undefined && known.accessToken === bearerToken(incoming);
  return isItsToken && clientCertificate(incoming) ? known : unauthorised(context);
}

async function openedByClient(
  bank: RunningBank,
  context: RegistrationContext,
  known: Registration | undefined,
): Promise<Registration | Response> {
  const { incoming } = context.env;
  const caller = await authenticate(bank, incoming);
  if ('refusal' in caller || caller.kind !== 'client') return unauthorised(context);
  if (known && known.clientId !== caller.clientId) return context.body(null, 403);
  if (known) return hasScope(bank, known, caller.scopes) ? known : context.body(null, 403);
  // Whoever asks for a client that does not exist loses the token (DCR v3.3).
  await (await bank.provider.ClientCredentials.find(bearerToken(incoming) ?? ''))?.destroy();
  return unauthorised(context);
}

function hasScope({ personality }: RunningBank, { claims }: Registration, scopes: string[]): boolean {
  switch (personality.registration.managedWith) {
    case 'client-token-openid':
      return scopes.includes('openid');
    case 'client-token-first-api': {
      const own = claims.scope.split(' ');
      return scopes.includes(apiScopes.find((scope) => own.includes(scope)) ?? '');
    }
    default:
      return true;
  }
}

export function unauthorised(context: RegistrationContext): Response {
  return context.body(null, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
}
