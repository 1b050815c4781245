// What distinguishes the families of consents in this API: paths, names and the bank's endpoints, as data.
import { accountInformation } from '../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../standards/uk-open-banking/payment-initiation.ts';
import type { ConsentFamily, ConsentStatus } from '../workflows/contracts/consent.ts';

export const consentTypes = [
  'AccountAccessConsent',
  'DomesticPaymentConsent',
  'FundsConfirmationConsent',
] as const;

export interface FamilyNames {
  family: ConsentFamily;
  /** `AccountAccessConsent`: in operation names and in the answer to a redirect. */
  type: (typeof consentTypes)[number];
  tag: string;
  path: `/${string}`;
  authContextPath: `/${string}`;
  /** The name of a consent's id in paths. */
  idName: string;
  readEndpoint: Endpoint;
  /** Consents that are only forgotten here have no endpoint to be deleted at the bank. */
  isDeletedAtBank: boolean;
  /** Where a consent stands when its customer may be sent to the bank. */
  authorisable: readonly ConsentStatus[];
}

export const consentFamilies: Record<ConsentFamily, FamilyNames> = {
  'account-access': {
    family: 'account-access',
    type: 'AccountAccessConsent',
    tag: 'Account information',
    path: '/aisp/account-access-consents',
    authContextPath: '/aisp/account-access-consent-auth-contexts',
    idName: 'accountAccessConsentId',
    readEndpoint: accountInformation.getAccountAccessConsent,
    isDeletedAtBank: true,
    // Customers may authorise again at any time, before or after tokens have ended.
    authorisable: ['awaiting-authorisation', 'authorised'],
  },
  'domestic-payment': {
    family: 'domestic-payment',
    type: 'DomesticPaymentConsent',
    tag: 'Payment initiation',
    path: '/pisp/domestic-payment-consents',
    authContextPath: '/pisp/domestic-payment-consent-auth-contexts',
    idName: 'domesticPaymentConsentId',
    readEndpoint: paymentInitiation.getDomesticPaymentConsent,
    isDeletedAtBank: false,
    authorisable: ['awaiting-authorisation'],
  },
  'funds-confirmation': {
    family: 'funds-confirmation',
    type: 'FundsConfirmationConsent',
    tag: 'Confirmation of funds',
    path: '/cbpii/funds-confirmation-consents',
    authContextPath: '/cbpii/funds-confirmation-consent-auth-contexts',
    idName: 'fundsConfirmationConsentId',
    readEndpoint: confirmationOfFunds.getFundsConfirmationConsent,
    isDeletedAtBank: true,
    authorisable: ['awaiting-authorisation', 'authorised'],
  },
};
