// So many calls at a time by name, so that no bank gets more than it may, and none takes another's share. Who finds all
// places taken waits for a moment, first come first served, unless too many wait already.

export interface Waiting {
  /** Calls that may wait, for each place that there is. */
  perPlace: number;
  forMs: number;
}

type Leave = () => void;

export interface Bulkhead {
  /** @returns what gives the place back, to be called once; undefined when none came free in time */
  enter(name: string, places: number): Leave | undefined | Promise<Leave | undefined>;
}

interface Room {
  underWay: number;
  /** In the order in which they came. */
  waiting: Set<() => void>;
}

export function createBulkhead({ perPlace, forMs }: Waiting): Bulkhead {
  const rooms = new Map<string, Room>();

  function leave(name: string, room: Room): void {
    const [next] = room.waiting;
    // The place goes to whoever has waited longest.
    if (next !== undefined) next();
    else room.underWay -= 1;
    if (room.underWay === 0) rooms.delete(name);
  }

  return {
    enter(name, places) {
      const room = rooms.get(name) ?? { underWay: 0, waiting: new Set() };
      rooms.set(name, room);
      const leaveRoom = () => leave(name, room);
      if (room.underWay < places) {
        room.underWay += 1;
        return leaveRoom;
      }
      if (room.waiting.size >= places * perPlace) return undefined;
      const { promise, resolve } = Promise.withResolvers<Leave | undefined>();
      const stop = (result: Leave | undefined) => {
        clearTimeout(timer);
        room.waiting.delete(take);
        resolve(result);
      };
      const take = () => stop(leaveRoom);
      const timer = setTimeout(() => stop(undefined), forMs);
      room.waiting.add(take);
      return promise;
    },
  };
}
