// The banks of the sandbox; each lives below its own path.
import { hybrid } from './hybrid.ts';
import { jarm } from './jarm.ts';
import type { Personality } from './personality.ts';

export const personalities: readonly Personality[] = [hybrid, jarm];
