// The matrix at a glance, as one page that needs nothing else.
import { html, raw } from 'hono/html';
import { columns } from './bank.ts';
import type { MatrixReport } from './report-markdown.ts';
import type { Cell, Row } from './run-bank.ts';

const marks: Record<Cell['kind'], string> = {
  passed: 'passed',
  failed: 'failed',
  'not-offered': 'not offered',
  'not-run': 'not run',
  'left-out': '',
};

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c2430; background: #fff; }
  table { border-collapse: collapse; }
  th, td { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #e3e7ec; }
  thead th { position: sticky; top: 0; background: #fff; }
  .passed { background: #d9f2e0; } .failed { background: #f9d3d3; font-weight: 600; }
  .not-offered, .not-run { color: #707a88; }
  thead th { vertical-align: bottom; }
  pre { background: #f5f7f9; padding: 1rem; overflow-x: auto; }
  @media (prefers-color-scheme: dark) {
    body, thead th { background: #14181d; color: #e6e9ed; } th, td { border-color: #2c333b; }
    .passed { background: #1d4a2c; } .failed { background: #6b2222; } pre { background: #1d2329; }
  }`;

export async function matrixAsHtml({ rows, seconds, where, startedAt }: MatrixReport): Promise<string> {
  const failed = rows.flatMap((row) => columns.flatMap((column) => details(row, column)));
  const title = `Bank matrix: ${rows.length} banks, ${failed.length} cells failed`;
  return String(
    await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${raw(style)}</style></head>
<body><h1>${title}</h1>
<p>At ${where}, ${startedAt.toISOString()}, ${seconds} s.</p>
<table><thead><tr><th scope="col">bank</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => line(row))}</tbody></table>
${failed}
</body></html>
`,
  );
}

function line({ profile, cells }: Row) {
  return html`<tr><th scope="row">${profile}</th>${columns.map((column) => {
    const cell = cells[column];
    const text = cell.kind === 'passed' ? `${(cell.durationMs / 1000).toFixed(1)} s` : marks[cell.kind];
    const content = cell.kind === 'failed' ? html`<a href="#${profile}-${column}">${text}</a>` : text;
    return html`<td class="${cell.kind}">${content}</td>`;
  })}</tr>`;
}

function details({ profile, cells }: Row, column: (typeof columns)[number]) {
  const cell = cells[column];
  if (cell.kind !== 'failed') return [];
  const exchange =
    cell.exchange === undefined ? '' : html`<pre>${JSON.stringify(cell.exchange, null, 2)}</pre>`;
  return [html`<h2 id="${profile}-${column}">${profile}: ${column}</h2><p>${cell.message}</p>${exchange}`];
}
