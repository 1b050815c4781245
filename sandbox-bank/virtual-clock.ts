// The bank's clock: the system's plus an offset that tests move, kept in a file so that other processes can follow.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';

export class VirtualClock implements Clock {
  readonly #file: string;
  #offsetMs: number;

  constructor(file: string) {
    this.#file = file;
    this.#offsetMs = readOffset(file);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  nowMs(): number {
    return systemClock.nowMs() + this.#offsetMs;
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  /** Written beside and moved over: a reader sees the old offset or the new one, never an empty file. */
  moveTo(offsetMs: number): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, String(offsetMs));
    renameSync(`${this.#file}.new`, this.#file);
    this.#offsetMs = offsetMs;
  }
}

function readOffset(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').trim()) || 0;
  } catch {
    // No file yet: nobody has moved the clock.
    return 0;
  }
}
