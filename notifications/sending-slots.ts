// How many webhooks a process sends at a time: some to each receiver, more to all of them together.

export interface Slots {
  /** @returns how to leave again; undefined when there is no room */
  enter(origin: string): (() => void) | undefined;
}

export function openSlots({ perOrigin, altogether }: { perOrigin: number; altogether: number }): Slots {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    enter(origin) {
      const here = taken.get(origin) ?? 0;
      if (here >= perOrigin || all >= altogether) return undefined;
      taken.set(origin, here + 1);
      all += 1;
      return () => {
        all -= 1;
        const left = (taken.get(origin) ?? 1) - 1;
        if (left === 0) taken.delete(origin);
        else taken.set(origin, left);
      };
    },
  };
}
