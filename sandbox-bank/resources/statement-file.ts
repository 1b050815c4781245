// A statement as a PDF: one page of words, and as many bytes behind them as a test asks for, made while they are sent.
import { type BankAccount, readableIdentification } from '../data/accounts.ts';
import { amountOf } from './money.ts';
import type { MonthlyStatement } from './monthly-statements.ts';
import type { BankFile, Call } from './operation.ts';

const chunkBytes = 64 * 1024;

export function statementFile(call: Call, account: BankAccount, statement: MonthlyStatement): BankFile {
  const page = pageOf(account, statement);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let head = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(head.length);
    head += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const tail = (startsAt: number) =>
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${String(startsAt).padStart(12, '0')}\n%%EOF\n`;
  const paddingBytes = Math.max(0, call.deps.knobs.statementFileBytes - head.length - tail(0).length);
  return {
    contentType: 'application/pdf',
    name: `${statement.statementId}.pdf`,
    bytes: head.length + paddingBytes + tail(0).length,
    *chunks() {
      yield Buffer.from(head, 'latin1');
      yield* padding(paddingBytes);
      yield Buffer.from(tail(head.length + paddingBytes), 'latin1');
    },
  };
}

/** Lines of comment, which a reader of PDFs skips. */
function* padding(bytes: number): Generator<Uint8Array> {
  const line = `%${'sandbox '.repeat(15)}.....\n\n`;
  const chunk = Buffer.alloc(chunkBytes, line, 'latin1');
  for (let left = bytes; left > 0; left -= chunkBytes) {
    if (left >= chunkBytes) yield chunk;
    else yield Buffer.from(`${'%'.repeat(left - 1)}\n`, 'latin1');
  }
}

function pageOf(account: BankAccount, statement: MonthlyStatement): string {
  const { currency } = account;
  const lines = [
    `${account.description} ${statement.month}`,
    `${account.holderName}  ${readableIdentification(account)}`,
    ...statement.transactions
      .slice(0, 40)
      .map(({ information, signedMinor }) => `${information}  ${inWords(signedMinor, currency)}`),
    `Balance  ${inWords(statement.closingMinor, currency)}`,
  ];
  return `BT /F1 9 Tf 40 800 Td 14 TL\n${lines.map((line) => `(${escaped(line)}) Tj T*`).join('\n')}\nET`;
}

function inWords(minor: number, currency: string): string {
  return `${minor < 0 ? '-' : ''}${amountOf(minor, currency).Amount} ${currency}`;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&').replace(/[^ -~]/g, '?');
}
