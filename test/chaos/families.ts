// The families of payments that a storm passes over, as data: paths and bodies of the connector's API.

export interface PaymentFamily {
  consents: string;
  authContexts: string;
  /** The member of other requests that names the consent. */
  consentMember: string;
  payments: string;
  /** Below a consent; where the bank tells whether there is money. */
  fundsConfirmation?: string;
  /** The member of the bank's answer that holds the payment's id. */
  paymentMember: string;
  /** @param reference the payer's own, by which the bank counts too */
  request(reference: string): { Data: { Initiation: object }; Risk: object };
}

const domestic: PaymentFamily = {
  consents: '/pisp/domestic-payment-consents',
  authContexts: '/pisp/domestic-payment-consent-auth-contexts',
  consentMember: 'DomesticPaymentConsentId',
  payments: '/pisp/domestic-payments',
  fundsConfirmation: 'funds-confirmation',
  paymentMember: 'DomesticPaymentId',
  request: (reference) => ({
    Data: {
      Initiation: {
        InstructionIdentification: 'STORM',
        EndToEndIdentification: reference,
        InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
        CreditorAccount: {
          SchemeName: 'UK.OBIE.SortCodeAccountNumber',
          Identification: '99000212345678',
          Name: 'Halcyon Interiors',
        },
      },
    },
    Risk: { PaymentContextCode: 'TransferToThirdParty' },
  }),
};

export const families: readonly [PaymentFamily, ...PaymentFamily[]] = [domestic];
