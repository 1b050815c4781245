// The token endpoint: RFC 6749 section 4 with mutual TLS. What it answers comes back unread, because the answer to a
// call that can be made once only has to be kept before anybody judges it.
import type { Clock } from '../clock.ts';
import { type ClientCredentials, proveClient } from './client-authentication.ts';
import type { HttpAnswer, Transport } from './http.ts';
import type { OwnIdentity } from './own-identity.ts';
import { oauthRefusal } from './refusal.ts';

export interface TokenEndpoint {
  /** @throws {BankError} when no answer came, or one that says nothing about the request (429 and 500 upwards) */
  ask(form: Record<string, string>, options: { once: boolean }): Promise<HttpAnswer>;
}

export function createTokenEndpoint(
  { transport, clock }: { transport: Transport; clock: Clock },
  identity: OwnIdentity,
  client: ClientCredentials,
  url: string,
): TokenEndpoint {
  return {
    async ask(form, { once }) {
      const proof = await proveClient(client, identity, url, clock);
      const answer = await transport.send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          ...proof.headers,
        },
        body: new URLSearchParams({ ...form, ...proof.form }).toString(),
        identity: identity.transport,
        freshConnection: once,
        api: 'token',
        // Whatever finds out about a payment needs a token of ours first; there is one request for it at a time.
        isUrgent: form.grant_type === 'client_credentials',
      });
      if (answer.status === 429 || answer.status === 408 || answer.status >= 500)
        throw oauthRefusal(answer, clock.nowMs());
      return answer;
    },
  };
}
