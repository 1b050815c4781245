// One call of a catalogue endpoint: its declaration says everything about address, token, headers and signatures.
import { randomUUID } from 'node:crypto';
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { signMessage } from '../security/message-signature.ts';
import { operationName } from '../standards/uk-open-banking/catalogue.ts';
import { type ApiVersion, type Endpoint, fillPath } from '../standards/uk-open-banking/endpoint.ts';
import {
  type Answer,
  errorToVersion4,
  responseToVersion4,
  type UnknownCode,
} from '../standards/uk-open-banking/translation/index.ts';
import { BankError } from './bank-error.ts';
import { baseUrlOf } from './base-urls.ts';
import { type CallerFacts, headersAboutCaller } from './caller-facts.ts';
import type { HttpAnswer, HttpRequest, Transport } from './http.ts';
import { interactionIdOf } from './interaction-id.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { KeySets } from './key-sets.ts';
import { withRightLinks } from './links.ts';
import type { OwnIdentity } from './own-identity.ts';
import type { OwnTokens } from './own-tokens.ts';
import { isObject, isSuccess, readJson, resourceRefusal } from './refusal.ts';
import { verifyAnswer } from './verify-answer.ts';

export interface EndpointCall extends CallerFacts {
  endpoint: Endpoint;
  version: ApiVersion;
  params: Record<string, string>;
  /** As the caller wrote it, without the question mark. */
  query?: string | undefined;
  /** The exact text or bytes to send; they are signed where the endpoint wants that. */
  body?: string | Uint8Array | undefined;
  /** Of a body that is a file; JSON otherwise. */
  contentType?: string | undefined;
  idempotencyKey?: string | undefined;
  /** The customer's; absent: the client's own token. */
  accessToken?: string | undefined;
  /** Whether what became of money hangs on it: see `HttpRequest`. */
  isUrgent?: boolean | undefined;
}

export interface EndpointAnswer {
  /** Of HTTP, as the bank had it. */
  httpStatus?: number;
  /** Parsed JSON, in version 4; null where success has no body. */
  body: unknown;
  interactionId: string | null;
  /** The address that was called. */
  url: string;
  /** What is not as published, and no reason to withhold the answer. */
  warnings: string[];
  /** What the bank sent, of a read whose `body` differs from it in its links at most. */
  source?: Buffer;
}

/** What success of an endpoint answers that answers a file. */
export interface EndpointFile {
  /** Its type, length and name as the bank has them, where it says so: names in lower case. */
  headers: Readonly<Record<string, string>>;
  interactionId: string | null;
  body: ReadableStream<Uint8Array>;
}

export interface CallParts {
  transport: Transport;
  clock: Clock;
  keySets: KeySets;
  profile: ResolvedProfile;
  identity: OwnIdentity;
  ownTokens: OwnTokens;
  /** Null: the bank publishes no keys. */
  jwksUri: string | null;
}

/** @throws {BankError} */
export function callEndpoint(parts: CallParts, call: EndpointCall): Promise<EndpointAnswer> {
  const url = addressOf(parts.profile, call);
  return withToken(parts, call, (token) => send(parts, call, url, token));
}

/** @throws {BankError} */
export function openFile(parts: CallParts, call: EndpointCall): Promise<EndpointFile> {
  const url = addressOf(parts.profile, call);
  return withToken(parts, call, (token) => open(parts, call, url, token));
}

async function withToken<Answer>(
  { ownTokens }: CallParts,
  { accessToken, endpoint: { scope } }: EndpointCall,
  ask: (token: string) => Promise<Answer>,
): Promise<Answer> {
  if (accessToken !== undefined) return await ask(accessToken);
  try {
    return await ask(await ownTokens.get(scope));
  } catch (error) {
    // Our own token may have been withdrawn early: a second, fresh one tells.
    if (!(error instanceof BankError) || error.kind !== 'unauthorised') throw error;
    ownTokens.forget(scope);
    return await ask(await ownTokens.get(scope));
  }
}

async function send(
  parts: CallParts,
  call: EndpointCall,
  url: string,
  token: string,
): Promise<EndpointAnswer> {
  const { transport, clock } = parts;
  const { endpoint } = call;
  const interactionId = call.interactionId ?? randomUUID();
  const answer = await transport.send(await requestOf(parts, call, url, token, interactionId));
  const inVersion4 = answersOf(call);
  if (!isSuccess(answer)) throw resourceRefusal(answer, clock.nowMs(), interactionId, inVersion4.refusal);
  const { status: httpStatus } = answer;
  await verifyAnswer(parts, endpoint, answer);
  const echoed = interactionIdOf(answer, interactionId);
  if (endpoint.response === null) return { httpStatus, body: null, interactionId: echoed, url, warnings: [] };
  const { body: asSent, warnings } = bodyOf(call, answer, echoed);
  const { body, unknownCodes } = inVersion4.success(withRightLinks(parts.profile, { ...call, url }, asSent));
  return {
    ...{
      httpStatus,
      body,
      interactionId: echoed,
      url,
      warnings: [...warnings, ...unknownCodes.map(passedOn)],
    },
    ...(inVersion4.isAsItCame && endpoint.method === 'GET' && { source: answer.body }),
  };
}

async function open(parts: CallParts, call: EndpointCall, url: string, token: string): Promise<EndpointFile> {
  const interactionId = call.interactionId ?? randomUUID();
  const answer = await parts.transport.open(await requestOf(parts, call, url, token, interactionId));
  if (!(answer.body instanceof ReadableStream)) {
    const refused = { ...answer, body: answer.body };
    throw resourceRefusal(refused, parts.clock.nowMs(), interactionId, answersOf(call).refusal);
  }
  const { headers, body } = answer;
  return { headers, body, interactionId: interactionIdOf(answer, interactionId) };
}

async function requestOf(
  parts: CallParts,
  call: EndpointCall,
  url: string,
  token: string,
  interactionId: string,
): Promise<HttpRequest> {
  const { method, api } = call.endpoint;
  const { body, isUrgent } = call;
  const headers = await headersOf(parts, call, token, interactionId);
  return { method, url, headers, body, identity: parts.identity.transport, api, isUrgent };
}

/** Callers are told everything in the words of version 4, whichever version the bank speaks. */
function answersOf({ endpoint, version }: EndpointCall) {
  const asItCame = (body: unknown) => body;
  if (version === 'v4.0' || endpoint.document === null)
    return {
      isAsItCame: true,
      success: (body: unknown): Answer => ({ body, unknownCodes: [] }),
      refusal: asItCame,
    };
  const name = operationName(endpoint);
  const success = (body: unknown) => responseToVersion4(name, body);
  return { isAsItCame: false, success, refusal: errorToVersion4 };
}

function passedOn({ pointer, code }: UnknownCode): string {
  const named = code === undefined ? 'a code' : `the code ${code}`;
  return `${pointer} has ${named}, for which version 4.0 has none: it is passed on.`;
}

function addressOf(profile: ResolvedProfile, { endpoint, version, params, query }: EndpointCall): string {
  const base = baseUrlOf(profile, endpoint, version);
  const { method } = endpoint;
  if (base === undefined) {
    const text = `${profile.name} does not offer ${endpoint.api} in ${version}.`;
    throw new BankError(text, { kind: 'not-offered', sent: 'not-sent', method, url: endpoint.path });
  }
  return `${base}${fillPath(endpoint, params)}${query ? `?${query}` : ''}`;
}

async function headersOf(
  { profile, identity, clock }: CallParts,
  call: EndpointCall,
  token: string,
  interactionId: string,
): Promise<Record<string, string>> {
  const { endpoint, body, contentType = 'application/json', idempotencyKey } = call;
  const headers: Record<string, string> = {
    ...headersAboutCaller(call),
    authorization: `Bearer ${token}`,
    'x-fapi-interaction-id': interactionId,
    // Gone since version 3.1.2, and some banks go on asking for it.
    'x-fapi-financial-id': profile.organisationId,
  };
  if (endpoint.response !== null) headers.accept = endpoint.response === 'json' ? 'application/json' : '*/*';
  if (idempotencyKey !== undefined) headers['x-idempotency-key'] = idempotencyKey;
  if (body === undefined) return headers;
  headers['content-type'] = contentType;
  if (endpoint.signed === 'request' || endpoint.signed === 'both') {
    const { style, trustAnchors } = profile.messageSigning;
    headers['x-jws-signature'] = await signMessage({
      ...{ body: Buffer.from(body), ...identity.signing, style, clock },
      ...(call.contentType === undefined ? {} : { contentType }),
      issuer: `${identity.organisationId}/${identity.softwareId}`,
      trustAnchor: trustAnchors[0] ?? '',
    });
  }
  return headers;
}

function bodyOf({ endpoint, version }: EndpointCall, answer: HttpAnswer, interactionId: string) {
  const body = /^application\/json\b/i.test(answer.headers['content-type'] ?? '')
    ? readJson(answer)
    : undefined;
  const { fault, warnings } =
    isObject(body) && isObject(body.Data) ? judgeAnswer(endpoint, version, body) : noData;
  if (fault === undefined && isObject(body)) return { body, warnings };
  const { method, url, status: httpStatus } = answer;
  const facts = {
    kind: 'invalid-response',
    sent: 'answered',
    method,
    url,
    httpStatus,
    interactionId,
  } as const;
  throw new BankError(`The bank's answer is not what the specification has there: ${fault}.`, facts);
}

const noData = { fault: 'it is no JSON object with Data', warnings: [] };
