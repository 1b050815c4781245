// How much a bank is given, where that differs from what is usual.
import { z } from 'zod';

export const limits = z.strictObject({
  timeoutMs: z
    .int()
    .min(1_000)
    .max(20_000)
    .optional()
    .describe(
      'From a call to the last byte of its answer; steps of journeys take no longer. `BANK_TIMEOUT_MS`.',
    ),
  maxAnswerBytes: z
    .int()
    .min(1_024)
    .optional()
    .describe('How large an answer may be. `BANK_MAX_ANSWER_BYTES`.'),
  concurrency: z.int().min(1).optional().describe('Calls at a time, of each process. `BANK_CONCURRENCY`.'),
});
