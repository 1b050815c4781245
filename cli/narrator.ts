// Tells people what happens, line by line with the time since the start; on stderr, so that stdout is the result.

export interface Narrator {
  title(text: string): void;
  /** One durable step. */
  step(text: string, detail?: string): void;
}

export function createNarrator(write: (line: string) => void): Narrator {
  const startedMs = performance.now();
  const seconds = () => `${((performance.now() - startedMs) / 1000).toFixed(2).padStart(6)} s`;
  return {
    title: (text) => write(`\n${text}`),
    step: (text, detail) => write(`${seconds()}  ${text}${detail === undefined ? '' : `  (${detail})`}`),
  };
}
