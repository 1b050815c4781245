// Which endpoints a family of consents is created, read and deleted by.

import type { WrittenResource } from '../bank-profiles/write-request.ts';
import { accountInformation } from '../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../standards/uk-open-banking/payment-initiation.ts';
import type { ConsentFamily } from '../workflows/contracts/consent.ts';

interface ConsentEndpoints {
  create: Endpoint;
  read: Endpoint;
  /** Null where the specification has none. */
  delete: Endpoint | null;
}

export const consentEndpoints: Record<ConsentFamily, ConsentEndpoints> = {
  'account-access': {
    create: accountInformation.createAccountAccessConsent,
    read: accountInformation.getAccountAccessConsent,
    delete: accountInformation.deleteAccountAccessConsent,
  },
  'domestic-payment': {
    create: paymentInitiation.createDomesticPaymentConsent,
    read: paymentInitiation.getDomesticPaymentConsent,
    delete: null,
  },
  'funds-confirmation': {
    create: confirmationOfFunds.createFundsConfirmationConsent,
    read: confirmationOfFunds.getFundsConfirmationConsent,
    delete: confirmationOfFunds.deleteFundsConfirmationConsent,
  },
};

export const consentResources: Record<ConsentFamily, WrittenResource> = {
  'account-access': 'accountAccessConsent',
  'domestic-payment': 'domesticPaymentConsent',
  'funds-confirmation': 'fundsConfirmationConsent',
};
