// The third journey: a customer pays, and the payment is followed until the money has arrived.
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Stage } from '../stage.ts';
import { authorise } from './authorisation.ts';
import type { Registered } from './registration.ts';

export interface Paid {
  consentId: string;
  paymentId: string;
  status: string;
  /** By the bank's own counter. */
  bankSubmissions: number;
}

const initiation = {
  InstructionIdentification: 'DEMO-1',
  EndToEndIdentification: 'DEMO-E2E-1',
  InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
  CreditorAccount: {
    SchemeName: 'UK.OBIE.SortCodeAccountNumber',
    Identification: '99000212345678',
    Name: 'Halcyon Interiors',
  },
};
const risk = { PaymentContextCode: 'TransferToThirdParty' };

export async function pay(stage: Stage, registered: Registered): Promise<Paid> {
  const { connector, narrator, watch, sandbox } = stage;
  narrator.title('A payment');
  const consent = await connector.call('POST', '/pisp/domestic-payment-consents', {
    BankRegistrationId: registered.id,
    ExternalApiRequest: { Data: { Initiation: initiation }, Risk: risk },
    Reference: 'demo',
  });
  await watch.follow(consentWorkflowId(consent.Id));
  await authorise(stage, '/pisp/domestic-payment-consent-auth-contexts', {
    DomesticPaymentConsentId: consent.Id,
  });
  const funds = await connector.call(
    'GET',
    `/pisp/domestic-payment-consents/${consent.Id}/funds-confirmation`,
  );
  const { FundsAvailable } = funds.ExternalApiResponse.Data.FundsAvailableResult;
  narrator.step(
    FundsAvailable ? 'the bank confirms that the money is there' : 'the bank says that there is no money',
  );

  const payment = await connector.call('POST', '/pisp/domestic-payments', {
    DomesticPaymentConsentId: consent.Id,
    ExternalApiRequest: { Data: { ConsentId: '', Initiation: initiation }, Risk: risk },
  });
  const paymentId = payment.ExternalApiResponse.Data.DomesticPaymentId;
  const workflowId = await watch.findPayment(consent.Id);
  await watch.follow(workflowId);
  narrator.step('the payment is on its way; its status is being followed');
  await watch.ended(workflowId);
  const settled = await connector.call('GET', `/pisp/domestic-payments/${paymentId}`);
  const { Status } = settled.ExternalApiResponse.Data;
  const bankSubmissions = await sandbox.countPayments('hybrid', consent.ExternalApiId);
  narrator.step(`final status ${Status}; by its own counter the bank executed ${bankSubmissions} payment`);
  return { consentId: consent.Id, paymentId, status: Status, bankSubmissions };
}
