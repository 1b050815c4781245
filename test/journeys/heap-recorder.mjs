// Preloaded into a process: on SIGUSR2 it collects its garbage and writes how many bytes are in use, for tests about memory.
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(`${process.env.HEAPS_SEEN}.${process.pid}`, String(heapUsed + external));
});
