// Sends one webhook once: to the addresses that were checked, without following redirects, and with an end.
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { openSlots } from './sending-slots.ts';
import { type CheckTarget, type Target, TargetRefused } from './targets.ts';

export interface Message {
  url: string;
  /** Of the event. */
  id: string;
  timestampSeconds: number;
  /** Signatures, separated by spaces. */
  signature: string;
  body: string;
}

export type Sent =
  /** The receiver has it: any 2xx. */
  | { outcome: 'delivered'; httpStatus: number }
  /** `retryAfter` is what it asks for in so many words, with a 429 or a 503. */
  | { outcome: 'refused'; httpStatus: number; retryAfter?: string }
  | { outcome: 'timeout' | 'unreachable' | 'target-refused' }
  /** Not tried at all: as many as may be are under way. */
  | { outcome: 'busy' };

export type SendWebhook = (message: Message) => Promise<Sent>;

export interface SenderOptions {
  check: CheckTarget;
  timeoutMs: number;
  /** Sends of this process at a time: to one receiver, and to all of them. A receiver that hangs holds up only itself. */
  atOnce: { perOrigin: number; altogether: number };
  /** Authorities, beside the system's, that receivers' certificates may be signed by. */
  trustedCa?: string | undefined;
}

/** Of a body nothing is needed; some is read, so that the connection ends politely. */
const readOfAnswerBytes = 16 * 1024;

export function createSender({ check, timeoutMs, atOnce, trustedCa }: SenderOptions): SendWebhook {
  const slots = openSlots(atOnce);
  return async (message) => {
    const leave = slots.enter(new URL(message.url).origin);
    if (leave === undefined) return { outcome: 'busy' };
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const target = await withinDeadline(check(message.url), deadline);
      return await post(target, message, { deadline, timeoutMs, trustedCa });
    } catch (error) {
      if (error instanceof TargetRefused) return { outcome: 'target-refused' };
      return { outcome: deadline.aborted ? 'timeout' : 'unreachable' };
    } finally {
      leave();
    }
  };
}

async function post(
  target: Target,
  message: Message,
  limits: { deadline: AbortSignal; timeoutMs: number; trustedCa: string | undefined },
): Promise<Sent> {
  const { deadline, timeoutMs, trustedCa } = limits;
  const agent = new Agent({
    allowH2: false,
    connect: {
      lookup: pinnedTo(target),
      timeout: timeoutMs,
      ...(trustedCa === undefined ? {} : { ca: [...rootCertificates, trustedCa] }),
    },
  });
  try {
    const { statusCode, headers, body } = await request(target.url, {
      method: 'POST',
      dispatcher: agent,
      signal: deadline,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'durable-open-banking',
        'webhook-id': message.id,
        'webhook-timestamp': String(message.timestampSeconds),
        'webhook-signature': message.signature,
      },
      body: message.body,
    });
    await body.dump({ limit: readOfAnswerBytes, signal: deadline }).catch(() => {});
    if (statusCode >= 200 && statusCode < 300) return { outcome: 'delivered', httpStatus: statusCode };
    const retryAfter = [headers['retry-after']].flat().at(0);
    const isAsked = (statusCode === 429 || statusCode === 503) && retryAfter !== undefined;
    return { outcome: 'refused', httpStatus: statusCode, ...(isAsked ? { retryAfter } : {}) };
  } finally {
    await agent.destroy();
  }
}

/** A resolver that knows the checked addresses alone. */
function pinnedTo({ addresses }: Target): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
}

function withinDeadline<Result>(result: Promise<Result>, deadline: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
    result.then(resolve, reject);
  });
}
