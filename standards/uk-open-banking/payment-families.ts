// The seven families of payments: by which endpoints each is consented to, ordered and looked after.
import type { Endpoint } from './endpoint.ts';
import { paymentInitiation } from './payment-initiation.ts';

/** As the published documents call an order of the family. */
type OrderName =
  | 'DomesticPayment'
  | 'DomesticScheduledPayment'
  | 'DomesticStandingOrder'
  | 'InternationalPayment'
  | 'InternationalScheduledPayment'
  | 'InternationalStandingOrder'
  | 'FilePayment';

export interface PaymentFamilyFacts {
  name: OrderName;
  /** What is sent, as profiles call it. */
  resource: Uncapitalize<OrderName>;
  consentResource: `${Uncapitalize<OrderName>}Consent`;
  createConsent: Endpoint;
  readConsent: Endpoint;
  /** Null: the bank cannot be asked whether the funds are there. */
  confirmFunds: Endpoint | null;
  create: Endpoint;
  read: Endpoint;
  readDetails: Endpoint;
  /** The order's id, in paths and in answers. */
  pathId: string;
  answerId: string;
}

const uncapitalised = (name: OrderName) =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<OrderName>;

const factsOf = (name: OrderName, others: Partial<PaymentFamilyFacts> = {}): PaymentFamilyFacts => ({
  name,
  resource: uncapitalised(name),
  consentResource: `${uncapitalised(name)}Consent`,
  createConsent: paymentInitiation[`create${name}Consent`],
  readConsent: paymentInitiation[`get${name}Consent`],
  confirmFunds: null,
  create: paymentInitiation[`create${name}`],
  read: paymentInitiation[`get${name}`],
  readDetails: paymentInitiation[`get${name}Details`],
  pathId: `${name}Id`,
  answerId: `${name}Id`,
  ...others,
});

export const paymentFamilyFacts = {
  'domestic-payment': factsOf('DomesticPayment', {
    confirmFunds: paymentInitiation.getDomesticPaymentFundsConfirmation,
  }),
  'domestic-scheduled-payment': factsOf('DomesticScheduledPayment'),
  'domestic-standing-order': factsOf('DomesticStandingOrder'),
  'international-payment': factsOf('InternationalPayment', {
    confirmFunds: paymentInitiation.getInternationalPaymentFundsConfirmation,
  }),
  'international-scheduled-payment': factsOf('InternationalScheduledPayment', {
    confirmFunds: paymentInitiation.getInternationalScheduledPaymentFundsConfirmation,
  }),
  'international-standing-order': factsOf('InternationalStandingOrder', {
    pathId: 'InternationalStandingOrderPaymentId',
  }),
  'file-payment': factsOf('FilePayment'),
};
