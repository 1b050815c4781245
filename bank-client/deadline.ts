// A time limit that is fair to a process that was stopped for a while: its timers ring before it gets to read what
// arrived meanwhile, so it is given a moment to do so.

const lateMs = 1_000;
const graceMs = 2_000;

export function startDeadline(limitMs: number, onOver: () => void): { stop(): void } {
  const startedMs = performance.now();
  let timer = setTimeout(ring, limitMs);
  function ring() {
    const wasStopped = performance.now() - startedMs > limitMs + lateMs;
    if (wasStopped) timer = setTimeout(onOver, graceMs);
    else onOver();
  }
  return { stop: () => clearTimeout(timer) };
}
