// A call to a bank and its answer, as plain values.

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
  body?: string | undefined;
  /** Absent: TLS without a certificate of ours. */
  identity?: TransportIdentity;
  /**
   * For calls that are made once only: on a kept connection the bank may be hanging up at this very moment, which
   * would leave a call that nobody ever saw looking like one whose answer was lost.
   */
  freshConnection?: boolean;
}

export interface HttpAnswer {
  method: string;
  url: string;
  status: number;
  /** Names in lower case; of a repeated header the first. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface Transport {
  /** @throws {BankError} `unavailable`, `timeout`, `busy` or, for an answer beyond all measure, `invalid-response` */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The certificate has been replaced: its connections are closed as soon as the calls under way have ended. */
  retire(fingerprint: string): void;
  close(): Promise<void>;
}
