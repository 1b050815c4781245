// One walk over one body: where it stands, and which codes it met that neither version publishes.
import { CannotTranslate } from './cannot-translate.ts';

/** A code that neither version publishes. It went on as it came: one code must not cost the customer the whole answer. */
export interface UnknownCode {
  /** JSON pointer to it in the bank's answer; of several that are alike, to the first. */
  pointer: string;
  /** Absent when what stands there is not written as a code: it could be anything, and personal. */
  code?: string;
}

/** A bank that makes up all of its codes needs no list as long as its answer. */
const mostUnknownCodes = 20;

export class Walk {
  readonly unknownCodes: UnknownCode[] = [];
  readonly #told = new Set<string>();
  readonly #steps: (string | number)[] = [];

  /** Goes down to a member or an element; `leave` comes back. A walk that was broken off is of no more use. */
  enter(step: string | number): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Tells of the code that stands here, and gives it back. */
  unknown(code: string): string {
    if (this.unknownCodes.length < mostUnknownCodes) this.#tell(code);
    return code;
  }

  /** @param below from here down to what cannot be sent */
  refusal(reason: string, ...below: string[]): CannotTranslate {
    const path = [...this.#steps, ...below].reduce<string>(
      (holder, step) =>
        typeof step === 'number' ? `${holder}[${step}]` : holder === '' ? step : `${holder}.${step}`,
      '',
    );
    return new CannotTranslate(path, reason);
  }

  #tell(text: string): void {
    const code = isWrittenAsCode(text) ? text : undefined;
    const alike = [code, ...this.#steps.filter((step) => typeof step === 'string')].join('/');
    if (this.#told.has(alike)) return;
    this.#told.add(alike);
    const pointer = `/${this.#steps.join('/')}`;
    this.unknownCodes.push(code === undefined ? { pointer } : { pointer, code });
  }
}

/** `Booked`, `UK.OBIE.Monthly`, `IntrvlWkDay:01:03`; never a number as long as those of accounts, cards or telephones. */
function isWrittenAsCode(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9.:_-]{0,39}$/.test(text) && !/\d{3}/.test(text);
}
