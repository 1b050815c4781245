// Waits for what a journey brings about by itself: looks again until it is so, and fails with the last look's reason.
import { setTimeout } from 'node:timers/promises';

export async function eventually<Result>(look: () => Promise<Result>, withinMs = 40_000): Promise<Result> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    await setTimeout(100);
  }
}
