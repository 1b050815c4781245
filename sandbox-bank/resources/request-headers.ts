// The headers every call is judged by (Read/Write profile, "Headers"): what comes in wrong is refused before anything is done.
import { isIP } from 'node:net';
import type { ResourceDeps } from './deps.ts';
import { badRequest, forbidden, Refusal } from './errors.ts';
import type { Operation } from './operation.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const idempotencyKey = /^\S(.{0,38}\S)?$/;

/** 415 and 406 have no body, as published. */
export function checkHeaders(
  headers: Headers,
  { method, takes, produces = 'application/json' }: Operation,
): void {
  if (!accepts(headers.get('accept'), produces)) throw new Refusal(406);
  const contentType = headers.get('content-type');
  const isTaken = takes === 'file' ? mediaTypeOf(contentType) !== undefined : isJson(contentType);
  if (method === 'POST' && !isTaken) throw new Refusal(415);
  const interactionId = headers.get('x-fapi-interaction-id');
  if (interactionId !== null && !uuid.test(interactionId))
    throw invalid('x-fapi-interaction-id', 'is not a UUID');
  const address = headers.get('x-fapi-customer-ip-address');
  if (address !== null && isIP(address) === 0)
    throw invalid('x-fapi-customer-ip-address', 'is not an IP address');
}

/** Not needed since version 3.1.2; but whoever names a bank must name the one they speak to. */
export function checkFinancialId(headers: Headers, { choices, signing }: ResourceDeps): void {
  const named = headers.get('x-fapi-financial-id');
  if (choices.financialId === 'checked' && named !== null && named !== signing.orgId)
    throw forbidden('U006', 'x-fapi-financial-id is another bank’s');
}

/** At most 40 characters, none of them white space at either end. */
export function readIdempotencyKey(headers: Headers): string {
  const key = headers.get('x-idempotency-key');
  if (key === null) throw badRequest('U007', 'x-idempotency-key is missing', 'x-idempotency-key');
  if (!idempotencyKey.test(key)) throw invalid('x-idempotency-key', 'must have 1 to 40 characters');
  return key;
}

function invalid(name: string, what: string): Refusal {
  return badRequest('U006', `${name} ${what}`, name);
}

/** Without its parameters, in small letters; nothing where there is none. */
export function mediaTypeOf(contentType: string | null): string | undefined {
  const [type = ''] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : undefined;
}

/** No Accept header means that anything is welcome; and a file that came is given back as what it came as. */
function accepts(accept: string | null, produced: string): boolean {
  if (accept === null || produced === '*/*') return true;
  return accept.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !refused && (type === produced || type === 'application/*' || type === '*/*');
  });
}

function isJson(contentType: string | null): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return (
    type === 'application/json' && parameters.every((parameter) => /^charset="?utf-8"?$/.test(parameter))
  );
}
