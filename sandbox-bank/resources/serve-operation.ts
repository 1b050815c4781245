// One request, from its certificate to its signed answer: the same checks in the same order for every endpoint.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accessOf, checkToken, fundsConsentOf, paymentConsentOf } from './consent-checks.ts';
import type { Caller, ResourceDeps } from './deps.ts';
import { badRequest, errorBody, Refusal } from './errors.ts';
import { fileResponse } from './file-response.ts';
import { onceForKey } from './idempotency.ts';
import { withLinksAsWritten } from './links.ts';
import { signMessage, verifyMessageSignature } from './message-signature.ts';
import { type Answer, type BankFile, type Call, isSigned, type Operation } from './operation.ts';
import { checkPresence } from './presence.ts';
import type { ApiVersion, UploadedFile } from './records.ts';
import { faultsOf } from './request-faults.ts';
import { checkFinancialId, checkHeaders, mediaTypeOf, readIdempotencyKey } from './request-headers.ts';

export interface IncomingCall {
  version: ApiVersion;
  operation: Operation;
  request: Request;
  /** The same request as Node sees it, with its socket. */
  connection: IncomingMessage;
  params: Record<string, string>;
}

/** How the answer is to be signed: as the request was, once that is known. */
interface Exchange {
  unencoded: boolean;
}

export async function serveOperation(deps: ResourceDeps, incoming: IncomingCall): Promise<Response> {
  const exchange: Exchange = { unencoded: deps.knobs.signatureStyle === 'b64-false' };
  const headers = new Headers({ 'x-fapi-interaction-id': interactionIdOf(incoming.request) });
  const answer = await answerOf(deps, incoming, exchange).catch((error: unknown) => {
    const refusal = error instanceof Refusal ? error : unexpected(error);
    const { status, retryAfterSeconds } = refusal;
    if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
    return { status, body: errorBody(refusal, incoming.version) };
  });
  if ('file' in answer && answer.file) {
    if (isSignedNow(deps, incoming))
      headers.set('x-jws-signature', await signatureOfFile(deps, exchange, answer.file));
    return fileResponse(answer.file, headers);
  }
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const body = withLinksAsWritten(deps, incoming, answer.body);
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  headers.set('content-type', 'application/json; charset=utf-8');
  if (isSignedNow(deps, incoming)) {
    const options = { unencoded: exchange.unencoded, nowMs: deps.clock.nowMs() };
    headers.set('x-jws-signature', await signMessage(bytes, deps.signing, options));
  }
  return new Response(bytes, { status: answer.status, headers });
}

function isSignedNow({ knobs }: ResourceDeps, { operation }: IncomingCall): boolean {
  return isSigned(operation) && knobs.signResponses;
}

/** Files of payments came whole and are kept whole. */
function signatureOfFile(
  { clock, signing }: ResourceDeps,
  { unencoded }: Exchange,
  { contentType, chunks }: BankFile,
): Promise<string> {
  const mediaType = mediaTypeOf(contentType) ?? contentType;
  return signMessage(Buffer.concat([...chunks()]), signing, { unencoded, nowMs: clock.nowMs(), mediaType });
}

/** The client's own id, or a new one when it sent none. */
export function interactionIdOf(request: Request): string {
  return request.headers.get('x-fapi-interaction-id') ?? randomUUID();
}

async function answerOf(deps: ResourceDeps, incoming: IncomingCall, exchange: Exchange): Promise<Answer> {
  const { operation, request } = incoming;
  const caller = await deps.authenticate(incoming.connection);
  if ('refusal' in caller) throw new Refusal(caller.refusal);
  checkToken(operation, caller);
  checkHeaders(request.headers, operation);
  checkFinancialId(request.headers, deps);
  const call = callOf(deps, incoming, caller);
  const signature = expectedSignature(operation, request.headers);
  if (operation.method !== 'POST') return answerRead(operation, call);
  // The consent is judged before the body, as banks do: a foreign token is 403 whatever it says.
  const create = 'create' in operation ? creatorOf(operation, call) : undefined;
  const bytes = await readBody(request, operation.takes === 'file' ? deps.knobs.largestFileBytes : undefined);
  const mediaType = mediaTypeOf(request.headers.get('content-type')) ?? '';
  if (signature !== undefined) {
    exchange.unencoded = await verifySignature(deps, caller, signature, bytes, mediaType);
  }
  if (operation.takes === 'file') call.body = { contentType: mediaType, bytes } satisfies UploadedFile;
  else {
    call.body = parseBody(bytes);
    const faults = faultsOf(call, operation);
    if (faults.length > 0) throw new Refusal(400, faults);
  }
  if (!('create' in operation) || !create) return answerRead(operation, call);
  const key = readIdempotencyKey(request.headers);
  return operation.show(call, onceForKey(call, { key, path: call.selfUrl, body: bytes }, create));
}

function creatorOf(operation: Extract<Operation, { create: unknown }>, call: Call): () => string {
  if (operation.caller === 'client') return () => operation.create(call, undefined);
  const consent = paymentConsentOf(call, operation.family);
  return () => operation.create(call, consent);
}

function callOf(deps: ResourceDeps, incoming: IncomingCall, caller: Caller): Call {
  const { operation, version, params } = incoming;
  const { searchParams, search } = new URL(incoming.request.url);
  const groupUrl = deps.groupUrl(version, operation.group);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  return {
    deps,
    version,
    nowMs: deps.clock.nowMs(),
    caller,
    params,
    query: searchParams,
    isAttended: incoming.request.headers.has('x-fapi-customer-ip-address'),
    body: undefined,
    groupUrl,
    selfUrl: `${groupUrl}${path}${search}`,
  };
}

function answerRead(operation: Operation, call: Call): Answer {
  if ('create' in operation) throw new Error('a creating endpoint is asked through its key');
  switch (operation.caller) {
    case 'client':
      return operation.answer(call);
    case 'account-access':
      return answerUnder(operation, call);
    case 'payment':
      return operation.answer(call, paymentConsentOf(call, operation.family));
    case 'funds-confirmation':
      return operation.answer(call, fundsConsentOf(call));
  }
}

function answerUnder(operation: Extract<Operation, { caller: 'account-access' }>, call: Call): Answer {
  const consent = accessOf(call, operation.permissions);
  checkPresence(call, operation, consent);
  return operation.answer(call, consent);
}

/** The signature to verify: of payment requests with a body. `undefined` where none is expected; then none may come. */
function expectedSignature(operation: Operation, headers: Headers): string | null | undefined {
  if (isSigned(operation) && operation.method === 'POST') return headers.get('x-jws-signature');
  if (!headers.has('x-jws-signature')) return undefined;
  throw badRequest('U020', 'x-jws-signature is not expected here', 'x-jws-signature');
}

/** Whether the signature was made in the older style, without encoding the body. */
async function verifySignature(
  deps: ResourceDeps,
  caller: Caller,
  signature: string | null,
  body: Uint8Array,
  mediaType: string,
): Promise<boolean> {
  const { unencoded } = await verifyMessageSignature({
    signature,
    body,
    keys: await deps.clientKeys(caller.clientId),
    issuer: `${caller.orgId}/${caller.softwareId}`,
    trustAnchor: deps.signing.trustAnchor,
    style: deps.knobs.signatureStyle,
    nowMs: deps.clock.nowMs(),
    mediaType,
  });
  return unencoded;
}

/** No more of a body is taken in than a file may have. */
async function readBody({ body }: Request, most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > most) throw badRequest('U010', 'the file is larger than this bank takes');
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function parseBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badRequest('U010', 'the body is not JSON in UTF-8');
  }
}

/** The stack goes to the operator; the client learns that it was our fault. */
function unexpected(error: unknown): Refusal {
  process.stderr.write(`sandbox bank: ${error instanceof Error ? error.stack : 'unknown failure'}\n`);
  return new Refusal(500, [{ code: 'U000', message: 'the bank failed' }]);
}
