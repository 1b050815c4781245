// How many calls are under way by name, so that no bank gets more at a time than it may, and none takes another's share.

export interface Bulkhead {
  /** @returns what gives the place back; undefined when there is none left */
  enter(name: string, places: number): (() => void) | undefined;
}

export function createBulkhead(): Bulkhead {
  const underWay = new Map<string, number>();
  return {
    enter(name, places) {
      const count = underWay.get(name) ?? 0;
      if (count >= places) return undefined;
      underWay.set(name, count + 1);
      return () => {
        const left = (underWay.get(name) ?? 1) - 1;
        if (left > 0) underWay.set(name, left);
        else underWay.delete(name);
      };
    },
  };
}
