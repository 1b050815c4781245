// What the matrix shows, and what it never shows.
import { describe, expect, it } from 'vitest';
import { columns } from '../../bank-matrix/bank.ts';
import { redacted } from '../../bank-matrix/redact.ts';
import { matrixAsHtml } from '../../bank-matrix/report-html.ts';
import { matrixAsMarkdown } from '../../bank-matrix/report-markdown.ts';
import type { Row } from '../../bank-matrix/run-bank.ts';
import { isGreen } from '../../bank-matrix/run-matrix.ts';
import { unseen, unseenValues } from '../../bank-matrix/unseen-values.ts';

const passed = { kind: 'passed', durationMs: 1234 } as const;
const green: Row = {
  profile: 'Green_Bank',
  cells: {
    ...{ registration: passed, 'account-access': { kind: 'not-offered' }, 'domestic-payment': passed },
    ...{ 'domestic-scheduled-payment': passed, 'domestic-standing-order': passed },
    ...{ 'international-payment': { kind: 'not-offered' }, 'international-scheduled-payment': passed },
    ...{ 'international-standing-order': { kind: 'left-out' }, 'file-payment': passed },
    ...{ refresh: { kind: 'not-offered' }, deletion: passed },
  },
};
const exchange = {
  ...{ method: 'POST', path: '/aisp/accounts', status: 502, body: { code: 'c0de', state: 's' } },
  answer: {
    code: 'x',
    endpointUrl: 'https://bank.example/token?code=c0de',
    Data: { Account: [{ AccountId: '22289', Name: 'Mr Roberts', Status: 'Enabled' }] },
  },
};
const red: Row = {
  profile: 'Red_Bank',
  cells: {
    ...green.cells,
    registration: { kind: 'failed', message: 'POST <x>: 502', exchange: redacted(exchange), durationMs: 1 },
    deletion: { kind: 'not-run' },
  },
};
const report = { rows: [green, red], seconds: 3, where: 'the sandbox', startedAt: new Date(0) };

describe('an exchange', () => {
  it('keeps what tells the failure, and nothing secret or personal', () => {
    const text = JSON.stringify(redacted(exchange));
    expect(text).toContain('https://bank.example/token');
    expect(text).toContain('Enabled');
    expect(text).not.toMatch(/c0de|22289|Roberts/);
  });
});

describe('a report', () => {
  it('is a table with the failing exchange below it, in Markdown', () => {
    const text = matrixAsMarkdown(report);
    expect(text).toContain('| Green_Bank | ✅ | – | ✅ | ✅ | ✅ | – | ✅ |  | ✅ | – | ✅ |');
    expect(text).toContain('| Red_Bank | ❌ | – | ✅ | ✅ | ✅ | – | ✅ |  | ✅ | – | · |');
    expect(text).toContain('### Red_Bank: registration');
    expect(text).toContain('12 passed, 1 failed, 6 not offered (–), 1 not run (·), 2 left out.');
    for (const column of columns) expect(text).toContain(` ${column} |`);
    expect(text).not.toMatch(/c0de|Roberts/);
  });

  it('is a page that shows words as words, in HTML', async () => {
    const page = await matrixAsHtml(report);
    expect(page).toContain('<a href="#Red_Bank-registration">failed</a>');
    expect(page).toContain('POST &lt;x&gt;: 502');
    expect(page).toContain('1.2 s');
    for (const column of columns) expect(page).toContain(`<th scope="col">${column}</th>`);
    expect(page).toContain('<td class="not-offered">not offered</td>');
    expect(page).not.toMatch(/c0de|Roberts|https?:\/\/(?!bank\.example)/);
  });

  it('is green when nothing failed and nothing was left out', () => {
    expect([green, red].map(isGreen)).toEqual([true, false]);
    expect(isGreen({ ...green, cells: { ...green.cells, refresh: { kind: 'not-run' } } })).toBe(false);
  });
});

describe('values that no test can see', () => {
  it('are found by path', () => {
    expect(unseen('Monzo_Monzo', 'grants.domesticVrp.refresh.tokenType')).toBeDefined();
    expect(unseen('Monzo_Monzo', 'links.withoutNewId[domesticVrp]')).toBeDefined();
    expect(unseen('Monzo_Monzo', 'links.withoutNewId[domesticPayment]')).toBeUndefined();
    expect(unseen('Monzo_Monzo', 'idToken.subject')).toBeUndefined();
  });

  it('each have a reason', () => {
    for (const { path, reason } of unseenValues) expect(reason.length, path).toBeGreaterThan(20);
  });
});
