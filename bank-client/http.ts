// A call to a bank and its answer, as plain values.
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';

/** The certificate that mutual TLS shows, with its key. */
export interface TransportIdentity {
  certificate: string;
  key: string;
  /** Tells certificates apart: SHA-256 of the certificate. */
  fingerprint: string;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | undefined;
  /** Absent: TLS without a certificate of ours. */
  identity?: TransportIdentity;
  /**
   * For calls that are made once only: on a kept connection the bank may be hanging up at this very moment, which
   * would leave a call that nobody ever saw looking like one whose answer was lost.
   */
  freshConnection?: boolean;
  /** What is down in one of them says nothing of the others. Absent: none of them. */
  api?: BankApi;
  /**
   * What became of money hangs on it: a circuit that is open holds it back for one open time at most, whoever else is
   * trying meanwhile.
   */
  isUrgent?: boolean | undefined;
}

/** The parts of a bank that are down or up by themselves. */
export type BankApi = Endpoint['api'] | 'token' | 'registration' | 'authorisation';

export interface HttpAnswer {
  method: string;
  url: string;
  status: number;
  /** Names in lower case; of a repeated header the first. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** A success whose body is still arriving; reading it rejects when it does not arrive as a whole. */
export interface HttpStream extends Omit<HttpAnswer, 'body'> {
  body: ReadableStream<Uint8Array>;
}

/** How much a bank is given: time from a call to the last byte of its answer, size of that, calls at a time. */
export interface BankLimits {
  timeoutMs: number;
  maxAnswerBytes: number;
  concurrency: number;
}

/** Whose connections, limits and circuits a call counts to. */
export interface CalledBank {
  name: string;
  /** What is left out is as usual. */
  limits?: { [Limit in keyof BankLimits]?: number | undefined } | undefined;
}

export interface Transport {
  /**
   * @throws {BankError} `unavailable`, `timeout`, `busy`, `circuit-open` or, for an answer beyond all measure,
   * `invalid-response`
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The same, for an answer that may be large: a success is passed on while it arrives. */
  open(request: HttpRequest): Promise<HttpAnswer | HttpStream>;
  /** The same for one bank. What is sent to nobody in particular counts to the host that it goes to. */
  toBank(bank: CalledBank): Transport;
  /** The certificate has been replaced: its connections are closed as soon as the calls under way have ended. */
  retire(fingerprint: string): void;
  close(): Promise<void>;
}
