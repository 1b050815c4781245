// What a file of payments comes to: counted exactly, however it arrives in pieces.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTotals, hundredThousandths } from '../../standards/uk-open-banking/payment-file-totals.ts';

const xmlType = 'UK.OBIE.pain.001.001.08';
const jsonType = 'UK.OBIE.PaymentInitiation.3.1';
const amount = fc
  .tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 99 }))
  .map(([whole, pence]) => `${whole}.${String(pence).padStart(2, '0')}`);

const xml = (amounts: readonly string[], prefix = '') => {
  const tag = (name: string, content: string, attributes = '') =>
    `<${prefix}${name}${attributes}>${content}</${prefix}${name}>`;
  const payments = amounts.map((each, index) =>
    tag(
      'CdtTrfTxInf',
      index % 2 === 0
        ? tag('Amt', tag('InstdAmt', ` ${each} `, ' Ccy="GBP"'))
        : tag('Amt', tag('EqvtAmt', `${tag('Amt', each, ' Ccy="GBP"')}${tag('CcyOfTrf', 'EUR')}`)),
    ),
  );
  // The header has sums of its own, which are what is to be checked.
  const header = tag('GrpHdr', tag('NbOfTxs', '999') + tag('CtrlSum', '999.99'));
  return `<?xml version="1.0" encoding="UTF-8"?>${tag('Document', header + tag('PmtInf', payments.join('')))}`;
};
const json = (amounts: readonly string[]) =>
  JSON.stringify({
    Data: { DomesticPayments: amounts.map((Amount) => ({ InstructedAmount: { Amount, Currency: 'GBP' } })) },
  });

function totalsOf(type: string, text: string, pieceBytes: number) {
  const counter = countTotals(type);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) counter?.push(bytes.subarray(at, at + pieceBytes));
  return counter?.end();
}

describe.each([
  [xmlType, (amounts: readonly string[]) => xml(amounts)],
  [xmlType, (amounts: readonly string[]) => xml(amounts, 'pain:')],
  [jsonType, json],
  ['UK.OBIE.PaymentInitiation.4.0', json],
])('a file of type %s', (type, written) => {
  it('holds as many payments as it has, and comes to their sum', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), fc.integer({ min: 1, max: 64 }), (amounts, piece) => {
        const sum = amounts.reduce((all, each) => all + hundredThousandths(each), 0n);
        expect(totalsOf(type, written(amounts), piece)).toEqual({
          numberOfTransactions: amounts.length,
          sum,
        });
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  [xmlType, '<Document><CdtTrfTxInf>', 'no well-formed XML'],
  [xmlType, xml(['1.2.3']), 'no amount|is none'],
  [xmlType, xml([]).replace('</Document>', '\u0000</Document>'), 'no well-formed XML'],
  [jsonType, '{"Data":', 'no JSON'],
  [jsonType, json(['-1.00']), 'is none'],
  [jsonType, json(['1.123456']), 'is none'],
  [jsonType, '{"InstructedAmount":null}', 'is none'],
])('a file that is not what its type says is refused: %s %s', (type, text, why) => {
  expect(() => totalsOf(type, text, 7)).toThrow(new RegExp(why));
});

it('that is no UTF-8 is refused, at whichever byte it is cut', () => {
  for (const type of [xmlType, jsonType]) {
    const counter = countTotals(type);
    expect(() => {
      counter?.push(Buffer.from([0x22, 0xc3]));
      counter?.end();
    }).toThrow(RangeError);
  }
});

it('of a type that nobody published is not looked into', () => {
  expect(countTotals('UK.Example.Bacs')).toBeUndefined();
});

it('may be nested as deeply as it likes', () => {
  const deep = `${'['.repeat(100_000)}${json(['1.00'])}${']'.repeat(100_000)}`;
  expect(totalsOf(jsonType, deep, 4096)).toEqual({ numberOfTransactions: 1, sum: 100_000n });
});
