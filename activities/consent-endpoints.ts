// Which endpoints a consent is created, read and deleted by, and what its request is called.
import type { WrittenResource } from '../bank-profiles/write-request.ts';
import { accountInformation } from '../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { ConsentFamily } from '../workflows/contracts/consent.ts';

interface ConsentEndpoints {
  resource: WrittenResource;
  create: Endpoint;
  read: Endpoint;
  /** Null where the specification has none. */
  delete: Endpoint | null;
}

export function consentEndpoints(family: ConsentFamily): ConsentEndpoints {
  switch (family) {
    case 'account-access':
      return {
        resource: 'accountAccessConsent',
        create: accountInformation.createAccountAccessConsent,
        read: accountInformation.getAccountAccessConsent,
        delete: accountInformation.deleteAccountAccessConsent,
      };
    case 'funds-confirmation':
      return {
        resource: 'fundsConfirmationConsent',
        create: confirmationOfFunds.createFundsConfirmationConsent,
        read: confirmationOfFunds.getFundsConfirmationConsent,
        delete: confirmationOfFunds.deleteFundsConfirmationConsent,
      };
    default: {
      const {
        consentResource: resource,
        createConsent: create,
        readConsent: read,
      } = paymentFamilyFacts[family];
      return { resource, create, read, delete: null };
    }
  }
}
