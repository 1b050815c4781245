// Numbers drawn from a seed (xorshift32 over a hash): the same seed draws the same numbers, on every machine.
import { createHash } from 'node:crypto';

export interface Chance {
  /** At least 0, below 1. */
  next(): number;
  /** True so often, of 1. */
  happens(share: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

export function chanceOf(seed: string): Chance {
  let state = createHash('sha256').update(seed).digest().readUInt32LE() || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    next,
    happens: (share) => next() < share,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
