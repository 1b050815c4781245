// What the sandbox bank's own log says of operations: which were reached, how they ended, and that nothing which was sent
// or answered was other than published.
import { expect } from 'vitest';
import type { House } from './house.ts';

interface Row {
  bank: string;
  version: string;
  operation: string;
  outcomes: Record<'success' | 'refusal' | 'bad-answer' | 'fault', number>;
  requestsJudged: number;
  requestFaults: string[];
  answerFaults: string[];
}
export type Outcome = keyof Row['outcomes'];

export async function expectReached(
  house: House,
  { bank, version }: Pick<Row, 'bank' | 'version'>,
  outcome: Outcome,
  operations: readonly string[],
): Promise<void> {
  const all: Row[] = await house.control('GET', '/operations');
  const rows = all.filter((row) => row.bank === bank);
  expect(new Set(rows.map((row) => row.version))).toEqual(new Set([version]));
  const reached = rows.filter(({ outcomes }) => outcomes[outcome] > 0).map(({ operation }) => operation);
  expect(reached.sort()).toEqual(expect.arrayContaining([...operations]));
  for (const { operation, requestsJudged, requestFaults, answerFaults } of rows)
    expect([operation, requestsJudged > 0, requestFaults, answerFaults]).toEqual([operation, true, [], []]);
}
