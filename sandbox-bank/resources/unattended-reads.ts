// How often something was read in the last day without its customer there. Forgotten at exit: a new day, so to say.

const dayMs = 86_400_000;

export class UnattendedReads {
  readonly #timesMs = new Map<string, number[]>();

  /** @returns how long to wait, when the day's reads are used up; a refused read is none */
  take(key: string, limit: number, nowMs: number): number | undefined {
    const recent = (this.#timesMs.get(key) ?? []).filter((atMs) => nowMs - atMs < dayMs);
    if (recent.length >= limit) return (recent.at(-limit) ?? nowMs) + dayMs - nowMs;
    this.#timesMs.set(key, [...recent, nowMs]);
    return undefined;
  }
}
