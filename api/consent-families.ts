// What distinguishes the families of consents in this API: paths, names and the bank's endpoints, as data.
import { accountInformation } from '../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../standards/uk-open-banking/confirmation-of-funds.ts';
import type { Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { ConsentFamily, ConsentStatus } from '../workflows/contracts/consent.ts';
import { type PaymentFamily, paymentFamilies } from '../workflows/contracts/payment.ts';

export interface FamilyNames {
  family: ConsentFamily;
  /** `AccountAccessConsent`: in operation names and in the answer to a redirect. */
  type: string;
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

// Customers may authorise again at any time, before or after tokens have ended.
const againAndAgain: readonly ConsentStatus[] = ['awaiting-authorisation', 'authorised'];

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
    authorisable: againAndAgain,
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
    authorisable: againAndAgain,
  },
  ...eachPayment(paymentConsents),
};

export const consentTypes = Object.values(consentFamilies).map(({ type }) => type);

function paymentConsents(family: PaymentFamily): FamilyNames {
  const { name, consentResource, createConsent, readConsent } = paymentFamilyFacts[family];
  const path = `/pisp${createConsent.path}` as const;
  return {
    family,
    type: `${name}Consent`,
    tag: 'Payment initiation',
    path,
    authContextPath: `/pisp${createConsent.path.slice(0, -1)}-auth-contexts` as const,
    idName: `${consentResource}Id`,
    readEndpoint: readConsent,
    isDeletedAtBank: false,
    authorisable: ['awaiting-authorisation'],
  };
}

/** @param of what to say of each family of payments */
export function eachPayment<Value>(of: (family: PaymentFamily) => Value): Record<PaymentFamily, Value> {
  const entries = paymentFamilies.map((family) => [family, of(family)]);
  return Object.fromEntries(entries) as Record<PaymentFamily, Value>;
}
