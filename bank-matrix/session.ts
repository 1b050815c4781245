// One bank on its way through the matrix: the connector's API as a service calls it, every exchange remembered, and
// whoever plays the customer.

// biome-ignore lint/suspicious/noExplicitAny: the matrix looks into answers of every shape.
export type Json = any;

export interface Exchange {
  method: string;
  path: string;
  body: Json;
  status: number;
  answer: Json;
}

export interface Customer {
  /** @returns the address that the bank sends the browser back to */
  authorise(authUrl: string): Promise<string>;
}

/** A step that did not bring what the specification has there. */
export class StepFailed extends Error {
  override name = 'StepFailed';
}

export interface Session {
  /** @throws {StepFailed} unless the status is the expected one */
  call(method: string, path: string, options?: CallOptions): Promise<Json>;
  customer: Customer;
  /** The last exchange; of a failed step the one that failed. */
  last(): Exchange | undefined;
}

export interface CallOptions {
  /** A text goes out as it is; its content type is among the headers. */
  body?: object | URLSearchParams | string;
  headers?: Record<string, string>;
  status?: number;
}

/** Reads without it are unattended, of which banks allow few a day. */
export const customerPresent = { 'x-fapi-customer-ip-address': '203.0.113.7' };

const timeoutMs = 60_000;

export function openSession(apiUrl: string, customer: Customer): Session {
  let last: Exchange | undefined;
  return {
    customer,
    last: () => last,
    call: async (method, path, { body, headers = {}, status = method === 'POST' ? 201 : 200 } = {}) => {
      const isForm = body instanceof URLSearchParams;
      const isWritten = isForm || typeof body === 'string';
      const answer = await fetch(new URL(path, apiUrl), {
        method,
        headers: {
          ...(body === undefined || isWritten ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isWritten ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.text();
      const json: Json = text === '' ? undefined : JSON.parse(text);
      const sent = isForm ? Object.fromEntries(body) : typeof body === 'string' ? '(file)' : body;
      last = { method, path, body: sent, status: answer.status, answer: json };
      if (answer.status === status) return json;
      const detail = [json?.code, json?.detail, JSON.stringify(json?.errors ?? json?.endpointResponse)];
      throw new StepFailed(`${method} ${path}: ${answer.status} ${detail.filter(Boolean).join(' ')}`);
    },
  };
}

/** @throws {StepFailed} */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new StepFailed(what);
}

/** An answer of a bank without a word of warning: its links belong to what was asked for. @throws {StepFailed} */
export function unwarned(body: Json): Json {
  expectThat(body.Warnings === undefined, `The answer warns: ${JSON.stringify(body.Warnings)}`);
  return body.ExternalApiResponse;
}
