import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../bank-client/judge-answer.ts';
import { catalogue } from '../../standards/uk-open-banking/catalogue.ts';
import type { ApiVersion, Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import * as sample from '../standards/sample-bodies.ts';

const { getAccounts, getAccountBalances, getAccountTransactions, createDomesticPayment } = catalogue;
const answers: [string, Endpoint, (version: ApiVersion) => object][] = [
  ['a consent', catalogue.getAccountAccessConsent, sample.accountConsentResponse],
  ['accounts', getAccounts, sample.accounts],
  ['balances', getAccountBalances, sample.balances],
  ['transactions', getAccountTransactions, sample.transactions],
  ['a payment consent', catalogue.getDomesticPaymentConsent, sample.paymentConsentResponse],
  ['a payment', createDomesticPayment, sample.payment],
  ['a confirmation of funds', catalogue.getDomesticPaymentFundsConfirmation, sample.fundsConfirmation],
  ['a consent to ask about funds', catalogue.getFundsConfirmationConsent, sample.fundsConsentResponse],
  ['an answer about funds', catalogue.createFundsConfirmation, sample.fundsAnswer],
];
const cases = answers.flatMap(([what, endpoint, body]) =>
  (['v3.1', 'v4.0'] as const).map((version) => ({ what, endpoint, version, body: body(version) })),
);

function transactionsWith(changes: object, inTransaction: object = {}) {
  const body = structuredClone(sample.transactions('v4.0'));
  Object.assign(body, changes);
  for (const transaction of body.Data.Transaction) Object.assign(transaction, inTransaction);
  return judgeAnswer(getAccountTransactions, 'v4.0', body);
}

describe('an answer', () => {
  it.each(cases)('as published is fine: $what in $version', ({ endpoint, version, body }) => {
    expect(judgeAnswer(endpoint, version, body)).toEqual({ fault: undefined, warnings: [] });
  });

  it('may hold members that were published later', () => {
    expect(transactionsWith({ Novelty: 1 }, { Novelty: { a: [] } })).toEqual({
      fault: undefined,
      warnings: [],
    });
  });

  it('without a required member is of no use', () => {
    const body = structuredClone(sample.transactions('v4.0'));
    for (const transaction of body.Data.Transaction) Reflect.deleteProperty(transaction, 'Amount');
    expect(judgeAnswer(getAccountTransactions, 'v4.0', body)).toEqual({
      fault: 'Data.Transaction[].Amount is missing',
      warnings: [],
    });
  });

  it('with a required member of a wrong type is of no use', () => {
    expect(transactionsWith({}, { Amount: { Amount: 10, Currency: 'GBP' } }).fault).toBe(
      'Data.Transaction[].Amount.Amount is not of type string',
    );
  });

  it('with an optional member that is wrong is handed on with a warning', () => {
    const { fault, warnings } = transactionsWith(
      {},
      { TransactionInformation: 7, MerchantDetails: 'none', Balance: {} },
    );
    expect(fault).toBeUndefined();
    expect(warnings.join('\n')).toContain('Data.Transaction[].TransactionInformation is not of type string');
    expect(warnings.join('\n')).toContain('Data.Transaction[].MerchantDetails is not of type object');
    expect(warnings.join('\n')).toContain('Data.Transaction[].Balance.CreditDebitIndicator is missing');
  });

  it('with an unknown code is handed on with a warning', () => {
    const { fault, warnings } = transactionsWith({}, { CreditDebitIndicator: 'Neither' });
    expect(fault).toBeUndefined();
    expect(warnings).toEqual([
      "The bank's answer is not as published: Data.Transaction[].CreditDebitIndicator has a code that is not in the published list.",
    ]);
  });

  it('with the same fault in thousands of elements has it told once, and no value is told', () => {
    const body = structuredClone(sample.transactions('v4.0'));
    const [first] = body.Data.Transaction;
    body.Data.Transaction = Array.from(
      { length: 5_000 },
      () => ({ ...first, CreditDebitIndicator: 'secret' }) as never,
    );
    const { warnings } = judgeAnswer(getAccountTransactions, 'v4.0', body);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  it('to a payment is never given up for what it lacks: the order has been carried out', () => {
    const body = structuredClone(sample.payment('v4.0'));
    Reflect.deleteProperty(body.Data, 'CreationDateTime');
    const { fault, warnings } = judgeAnswer(createDomesticPayment, 'v4.0', body);
    expect(fault).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });

  it('of any shape is judged and never breaks the judge', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (Data) => {
        const { fault, warnings } = judgeAnswer(getAccounts, 'v3.1', { Data });
        expect(fault === undefined).toBe(
          typeof Data === 'object' && Data !== null && !Array.isArray(Data) && fault === undefined,
        );
        expect(warnings.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('every endpoint of the catalogue', () => {
  const readable = Object.entries<Endpoint>(catalogue).filter(([, { response }]) => response === 'json');
  it.each(readable)('%s has a schema in each of its versions', (_, endpoint) => {
    const versions = endpoint.onlyIn === undefined ? (['v3.1', 'v4.0'] as const) : [endpoint.onlyIn];
    for (const version of versions)
      expect(judgeAnswer(endpoint, version, 'no object')).not.toEqual({
        fault: undefined,
        warnings: [],
      });
  });
});
