// Passes on the body of a success while it arrives, as fast as it is taken; an answer that is none is collected as usual.
import type { Dispatcher } from 'undici';
import { AnswerCollector } from './answer-collector.ts';

type Controller = Dispatcher.DispatchController;

export interface FileLimits {
  maxBytes: number;
  /** How long the bank may keep us waiting for the next bytes. */
  idleMs: number;
  /** How long it may take as a whole, so that a caller who takes it slowly does not hold a connection for ever. */
  durationMs: number;
}

/** What is held for a caller who has not taken it yet. */
const heldBytes = 256 * 1024;

export class FileCollector extends AnswerCollector {
  /** There as soon as there is an answer, if that is a success. */
  stream: ReadableStream<Uint8Array> | undefined;
  readonly #limits: FileLimits;
  readonly #onEnd: () => void;
  #sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #whole: NodeJS.Timeout | undefined;

  /** @param onEnd called once, however it ends; never where there is no stream */
  constructor(maxRefusalBytes: number, limits: FileLimits, onEnd: () => void) {
    super(maxRefusalBytes);
    this.#limits = limits;
    this.#onEnd = onEnd;
  }

  override onResponseStart(
    controller: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    super.onResponseStart(controller, status, headers);
    if (status < 200 || status > 299 || this.givenUp !== undefined) return;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (sink) => {
          this.#sink = sink;
        },
        pull: () => {
          controller.resume();
          this.#awaitBytes(controller);
        },
        cancel: () => {
          this.#end();
          controller.abort(new Error('Nobody takes it any more.'));
        },
      },
      { highWaterMark: heldBytes, size: (chunk) => chunk.length },
    );
    this.#whole = setTimeout(() => this.#fail(controller, 'It took too long.'), this.#limits.durationMs);
    super.onResponseEnd(); // whoever waits for the answer has its head, and an empty body
  }

  override onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.stream === undefined) {
      super.onResponseData(controller, chunk);
      return;
    }
    this.bytes += chunk.length;
    if (this.bytes > this.#limits.maxBytes) {
      this.#fail(controller, 'It is too large.');
      return;
    }
    this.#sink?.enqueue(chunk);
    clearTimeout(this.#idle);
    if ((this.#sink?.desiredSize ?? 0) <= 0) controller.pause();
    else this.#awaitBytes(controller);
  }

  override onResponseEnd(): void {
    if (this.stream === undefined) {
      super.onResponseEnd();
      return;
    }
    this.#sink?.close();
    this.#end();
  }

  override onResponseError(controller: Controller | undefined, error: Error): void {
    if (this.stream === undefined) {
      super.onResponseError(controller, error);
      return;
    }
    this.#sink?.error(error);
    this.#end();
  }

  #awaitBytes(controller: Controller): void {
    clearTimeout(this.#idle);
    if (this.#sink === undefined) return;
    this.#idle = setTimeout(() => this.#fail(controller, 'It stopped arriving.'), this.#limits.idleMs);
  }

  #fail(controller: Controller, reason: string): void {
    const error = new Error(reason);
    this.#sink?.error(error);
    this.#end();
    controller.abort(error);
  }

  #end(): void {
    if (this.#sink === undefined) return;
    this.#sink = undefined;
    clearTimeout(this.#idle);
    clearTimeout(this.#whole);
    this.#onEnd();
  }
}
