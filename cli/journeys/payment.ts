// The third journey: a customer pays, and the payment is followed until the money has arrived.
import type { Stage } from '../stage.ts';
import { authorisePayment, consentTo, type Ordered, order, type Payment } from './order.ts';
import type { Registered } from './registration.ts';

const payment: Payment = {
  ...{ family: 'domestic-payment', name: 'DomesticPayment' },
  counted: { did: 'executed', what: 'payment' },
  request: {
    Data: {
      Initiation: {
        InstructionIdentification: 'DEMO-1',
        EndToEndIdentification: 'DEMO-E2E-1',
        InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
        CreditorAccount: {
          SchemeName: 'UK.OBIE.SortCodeAccountNumber',
          Identification: '99000212345678',
          Name: 'Halcyon Interiors',
        },
      },
    },
    Risk: { PaymentContextCode: 'TransferToThirdParty' },
  },
};

export async function pay(stage: Stage, registered: Registered): Promise<Ordered> {
  const { connector, narrator } = stage;
  narrator.title('A payment');
  const consent = await consentTo(stage, registered, payment);
  await authorisePayment(stage, payment, consent);
  const funds = await connector.call(
    'GET',
    `/pisp/domestic-payment-consents/${consent.Id}/funds-confirmation`,
  );
  const { FundsAvailable } = funds.ExternalApiResponse.Data.FundsAvailableResult;
  narrator.step(
    FundsAvailable ? 'the bank confirms that the money is there' : 'the bank says that there is no money',
  );
  return order(stage, payment, consent);
}
