// A request object handed to the bank before the customer comes: RFC 9126.
import { z } from 'zod';
import type { AuthorisationParts } from './authorisation-request.ts';
import { proveClient } from './client-authentication.ts';
import type { HttpAnswer } from './http.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';
import { invalidAnswer } from './token-response.ts';

const pushedAnswer = z.object({ request_uri: z.string().min(1) });

/** @returns the reference to it; rejects with a BankError */
export async function pushRequest(parts: AuthorisationParts, requestObject: string): Promise<string> {
  const { transport, clock, discover, profile, identity, client, tokenEndpointUrl } = parts;
  const { pushedAuthorisationRequestEndpoint: url } = await discover(profile);
  if (url === null)
    throw new Error(`Bank profile ${profile.name} wants requests pushed, the bank has no endpoint.`);
  const proof = await proveClient(client, identity, tokenEndpointUrl, clock);
  const answer: HttpAnswer = await transport.send({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...proof.headers,
    },
    body: new URLSearchParams({
      request: requestObject,
      client_id: client.clientId,
      ...proof.form,
    }).toString(),
    identity: identity.transport,
    api: 'authorisation',
  });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const parsed = pushedAnswer.safeParse(readJson(answer));
  if (!parsed.success) throw invalidAnswer(answer, "The bank's answer to the pushed request cannot be used.");
  return parsed.data.request_uri;
}
