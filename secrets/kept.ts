// Texts that were read once and are kept for a while, so that a secret that is changed where it is kept arrives by itself.

export interface KeptOptions {
  /** Counted from when the reading began; `Infinity` keeps a text for as long as the process lives. */
  lifeMs: number;
  /** A clock that does not jump. */
  nowMs?: () => number;
}

/** Who asks for the same name at the same time waits for the same reading. A failure is not kept. */
export function kept(
  read: (name: string) => Promise<string>,
  { lifeMs, nowMs = () => performance.now() }: KeptOptions,
): (name: string) => Promise<string> {
  const texts = new Map<string, { text: Promise<string>; readAtMs: number }>();
  return (name) => {
    const now = nowMs();
    // All of them: a secret that nobody asks for any more does not stay in memory for ever.
    for (const [each, { readAtMs }] of texts) if (now - readAtMs >= lifeMs) texts.delete(each);
    const known = texts.get(name);
    if (known !== undefined) return known.text;
    const entry = { text: read(name), readAtMs: now };
    texts.set(name, entry);
    entry.text.catch(() => texts.get(name) === entry && texts.delete(name));
    return entry.text;
  };
}
