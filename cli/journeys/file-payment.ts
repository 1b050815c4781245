// The fifth journey: a customer pays a file of payments, which goes to the bank before the customer does.
import { createHash } from 'node:crypto';
import type { Stage } from '../stage.ts';
import { authorisePayment, consentTo, type Ordered, order, type Payment } from './order.ts';
import type { Registered } from './registration.ts';

const wages = [
  ['DEMO-WAGE-1', '18.20'],
  ['DEMO-WAGE-2', '21.80'],
  ['DEMO-WAGE-3', '10.00'],
];

const file = JSON.stringify({
  Data: {
    DomesticPayments: wages.map(([id, Amount]) => ({
      ...{ InstructionIdentification: id, EndToEndIdentification: id },
      InstructedAmount: { Amount, Currency: 'GBP' },
      CreditorAccount: {
        SchemeName: 'UK.OBIE.SortCodeAccountNumber',
        Identification: '99000212345678',
        Name: 'Halcyon Interiors',
      },
    })),
  },
});

const payment: Payment = {
  ...{ family: 'file-payment', name: 'FilePayment' },
  counted: { did: 'took', what: 'file' },
  request: {
    Data: {
      Initiation: {
        FileType: 'UK.OBIE.PaymentInitiation.4.0',
        FileHash: createHash('sha256').update(file).digest('base64'),
        ...{ NumberOfTransactions: String(wages.length), ControlSum: 50 },
      },
    },
  },
};

export async function payFile(stage: Stage, registered: Registered): Promise<Ordered> {
  const { connector, narrator } = stage;
  narrator.title('A file of payments');
  const consent = await consentTo(stage, registered, payment);
  await connector.upload(`/pisp/file-payment-consents/${consent.Id}/file`, file, 'application/json');
  narrator.step(`the bank has the file: ${wages.length} payments, as many and as much as the consent says`);
  await authorisePayment(stage, payment, consent);
  return order(stage, payment, consent);
}
