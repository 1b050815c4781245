// From a client to tokens at one bank, in the visitor's hands; each step can be made otherwise.

import { accessRequest, call, paymentRequest } from './visited-resources.ts';
import {
  type Answer,
  type Body,
  type Client,
  discover,
  exchange,
  type Kind,
  makeRequest,
  ownToken,
  type Place,
  type Request,
  type RequestChanges,
  sendCustomer,
  visitPortal,
  type World,
} from './visitor.ts';

export interface Journey {
  world: World;
  document: Body;
  client: Client;
  /** What the endpoints of an API follow on. */
  base(kind: Kind): string;
}

export async function startJourney(world: World, place: Place, base: Journey['base']): Promise<Journey> {
  return { world, document: await discover(world, place), client: await visitPortal(world, place), base };
}

export async function makeConsent(journey: Journey, kind: Kind, body?: object, unencoded = false) {
  const { world, document, client, base } = journey;
  const token = await ownToken(world, document, client, kind);
  const path = kind === 'accounts' ? '/account-access-consents' : '/domestic-payment-consents';
  const request = body ?? (kind === 'accounts' ? accessRequest() : paymentRequest());
  const answer = await call(world, 'POST', `${base(kind)}${path}`, token, { body: request, unencoded });
  if (answer.status !== 201) throw new Error(`consent: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { consentId: String(answer.body.Data.ConsentId), token, request, body: answer.body };
}

export interface Authorised {
  request: Request;
  by: 'query' | 'fragment';
  back: Record<string, string>;
}

export async function authorise(
  { world, document, client }: Journey,
  consentId: string,
  kind: Kind,
  changes: RequestChanges = {},
): Promise<Authorised> {
  const request = await makeRequest(world, document, client, consentId, kind, changes);
  return { request, ...(await sendCustomer(world, request)) };
}

/** Why the bank sent the customer back without a code. */
export async function refusalOf(
  journey: Journey,
  kind: Kind,
  changes: RequestChanges,
): Promise<string | undefined> {
  const { consentId } = await makeConsent(journey, kind);
  return (await authorise(journey, consentId, kind, changes)).back.error;
}

export interface Tokens extends Authorised {
  consentId: string;
  answer: Answer;
}

/** All the way to the answer of the code exchange. */
export async function getTokens(
  journey: Journey,
  kind: Kind,
  changes: RequestChanges = {},
  more: Record<string, string> = {},
): Promise<Tokens> {
  const { consentId } = await makeConsent(journey, kind);
  const authorised = await authorise(journey, consentId, kind, changes);
  const { world, document, client } = journey;
  const { request, back } = authorised;
  const answer = await exchange(world, document, client, request, back.code, more);
  return { consentId, ...authorised, answer };
}
