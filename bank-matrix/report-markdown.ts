// The matrix at a glance, as Markdown.
import { columns } from './bank.ts';
import type { Cell, Row } from './run-bank.ts';

export interface MatrixReport {
  rows: readonly Row[];
  /** Seconds that the whole run took. */
  seconds: number;
  /** Where the banks are: `the sandbox`, `the banks themselves`. */
  where: string;
  startedAt: Date;
}

const marks: Record<Cell['kind'], string> = {
  passed: '✅',
  failed: '❌',
  'not-offered': '–',
  'not-run': '·',
  'left-out': '',
};

export function matrixAsMarkdown({ rows, seconds, where, startedAt }: MatrixReport): string {
  const cells = rows.flatMap((row) => Object.values(row.cells));
  const count = (kind: Cell['kind']) => cells.filter((cell) => cell.kind === kind).length;
  const failures = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const cell = row.cells[column];
      return cell.kind === 'failed' ? [failure(row.profile, column, cell)] : [];
    }),
  );
  return [
    '# Bank matrix',
    '',
    `${rows.length} banks at ${where}, ${startedAt.toISOString()}, ${seconds} s: ${count('passed')} passed, ` +
      `${count('failed')} failed, ${count('not-offered')} not offered (–), ${count('not-run')} not run (·), ` +
      `${count('left-out')} left out.`,
    '',
    `| bank | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => ':-:').join(' | ')} |`,
    ...rows.map(
      ({ profile, cells: of }) =>
        `| ${profile} | ${columns.map((column) => marks[of[column].kind]).join(' | ')} |`,
    ),
    ...(failures.length === 0 ? [] : ['', '## Failures', ...failures]),
    '',
  ].join('\n');
}

function failure(profile: string, column: string, { message, exchange }: Extract<Cell, { kind: 'failed' }>) {
  return [
    '',
    `### ${profile}: ${column}`,
    '',
    message,
    ...(exchange === undefined ? [] : ['', '```json', JSON.stringify(exchange, null, 2), '```']),
  ].join('\n');
}
