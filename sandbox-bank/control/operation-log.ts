// Which operations of which bank were reached, how they ended, and what the published documents had to say against what was
// sent and answered. Judging costs a validator, so that it is done from when a test asks for it:
//
//   PUT /operations {"judged": true}    begins anew, with every request and answer judged
//   GET /operations                     one row for each bank, version and operation that was reached
//   DELETE /operations                  begins anew
import type { NamedOperation } from '../resources/operation-of.ts';

/** `bad-answer` and `fault` were ordered; `success` and `refusal` are the bank's own. */
export type Outcome = 'success' | 'refusal' | 'bad-answer' | 'fault';

export interface OperationRow {
  bank: string;
  version: string;
  /** `GET /accounts/{AccountId}/balances`. */
  operation: string;
  outcomes: Record<Outcome, number>;
  /** How many were judged, and what was wrong with them, each line once; answers that were ordered bad are not judged. */
  requestsJudged: number;
  answersJudged: number;
  requestFaults: string[];
  answerFaults: string[];
}

export interface Verdicts {
  request?: string[] | undefined;
  answer?: string[] | undefined;
}

type Judge = typeof import('../published/judge.ts');

const mostLines = 20;

export class OperationLog {
  #rows = new Map<string, OperationRow>();
  /** Present while requests and answers are to be judged. */
  judge: Judge | undefined;

  begin(): void {
    this.#rows = new Map();
  }

  /** Loaded when it is first wanted: validators take their time. */
  async beginJudged(isJudged: boolean): Promise<void> {
    this.judge = isJudged ? await import('../published/judge.ts') : undefined;
    this.begin();
  }

  add(
    bank: string,
    { version, name }: NamedOperation,
    outcome: Outcome,
    { request, answer }: Verdicts,
  ): void {
    const row = this.#row(bank, version, name);
    row.outcomes[outcome] += 1;
    if (request) row.requestsJudged += 1;
    if (answer) row.answersJudged += 1;
    row.requestFaults = merged(row.requestFaults, request);
    row.answerFaults = merged(row.answerFaults, answer);
  }

  list(): OperationRow[] {
    return [...this.#rows.values()];
  }

  #row(bank: string, version: string, operation: string): OperationRow {
    const key = `${bank} ${version} ${operation}`;
    const row = this.#rows.get(key) ?? {
      ...{ bank, version, operation },
      outcomes: { success: 0, refusal: 0, 'bad-answer': 0, fault: 0 },
      ...{ requestsJudged: 0, answersJudged: 0, requestFaults: [], answerFaults: [] },
    };
    this.#rows.set(key, row);
    return row;
  }
}

function merged(lines: string[], more: string[] = []): string[] {
  return more.length === 0 ? lines : [...new Set([...lines, ...more])].slice(0, mostLines);
}
