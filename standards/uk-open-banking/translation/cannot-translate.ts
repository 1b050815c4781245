// A request of v4.0 that has no form in v3.1. It is refused, never trimmed: a payment whose ultimate debtor, proxy or
// remittance was left out on the way is another payment than the one that was asked for.

export class CannotTranslate extends Error {
  override name = 'CannotTranslate';
  /** What cannot be sent, from the top of the body: `Data.Initiation.UltimateDebtor`. */
  readonly path: string;
  /** Why, for a person; never holds values of the body. */
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path} cannot be sent to a bank on v3.1: ${reason}.`);
    this.path = path;
    this.reason = reason;
  }
}
