// Collects one answer, and remembers whether its request was ever written to a connection.
import type { Dispatcher } from 'undici';
import type { HttpAnswer } from './http.ts';

type Collected = Pick<HttpAnswer, 'status' | 'headers' | 'body'>;
type Controller = Dispatcher.DispatchController;

export class AnswerCollector implements Dispatcher.DispatchHandler {
  /** Whether bytes of the request may have left. */
  started = false;
  /** Why we stopped waiting, when it was us. */
  givenUp: 'timeout' | 'too-large' | undefined;
  readonly answer: Promise<Collected>;

  protected readonly maxBytes: number;
  readonly #chunks: Buffer[] = [];
  protected bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #controller: Controller | undefined;
  #resolve: (answer: Collected) => void;
  #reject: (error: Error) => void;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    const { promise, resolve, reject } = Promise.withResolvers<Collected>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  giveUp(reason: 'timeout' | 'too-large'): void {
    this.givenUp ??= reason;
    const error = new Error(reason);
    this.#reject(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Controller): void {
    // Once given up it must not leave any more, and what was written once is never written a second time.
    if (this.givenUp !== undefined || this.started) {
      controller.abort(new Error('The call is over.'));
      return;
    }
    this.started = true;
    this.#controller = controller;
  }

  onResponseStart(
    _: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    for (const [name, value] of Object.entries(headers)) {
      const first = Array.isArray(value) ? value[0] : value;
      if (first !== undefined) this.#headers[name.toLowerCase()] = first;
    }
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) this.giveUp('too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_: Controller | undefined, error: Error): void {
    this.#reject(error);
  }
}
