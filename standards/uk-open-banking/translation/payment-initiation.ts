// Payment initiation: each family has instructions of its own, which its consent and its order share with each other.
import type { OperationName } from '../catalogue.ts';
import type { PaymentFamily } from '../statuses.ts';
import { fileInitiation } from './file-initiation.ts';
import { domesticInitiation, type Initiation } from './initiation.ts';
import { internationalInitiation } from './international-initiation.ts';
import { paymentConsentToVersion4 } from './payment-consent.ts';
import { paymentDetailsToVersion4 } from './payment-details.ts';
import { paymentOrderToVersion4 } from './payment-order.ts';
import { paymentRequestToVersion3 } from './payment-request.ts';
import { domesticStandingOrder, internationalStandingOrder } from './standing-order-initiation.ts';
import { unchanged } from './translate.ts';
import { answered, type Translation } from './translation.ts';

interface FamilyTranslations {
  createConsent: Translation;
  getConsent: Translation;
  create: Translation;
  get: Translation;
}

function ofFamily(family: PaymentFamily, initiation: Initiation): FamilyTranslations {
  const request = paymentRequestToVersion3(initiation);
  const consent = paymentConsentToVersion4(initiation);
  const order = paymentOrderToVersion4(family, initiation);
  return {
    createConsent: { request, response: consent },
    getConsent: answered(consent),
    create: { request, response: order },
    get: answered(order),
  };
}

const domestic = ofFamily('domestic-payment', domesticInitiation);
const domesticScheduled = ofFamily('domestic-scheduled-payment', domesticInitiation);
const domesticStanding = ofFamily('domestic-standing-order', domesticStandingOrder);
const international = ofFamily('international-payment', internationalInitiation);
const internationalScheduled = ofFamily('international-scheduled-payment', internationalInitiation);
const internationalStanding = ofFamily('international-standing-order', internationalStandingOrder);
const file = ofFamily('file-payment', fileInitiation);
const details = answered(paymentDetailsToVersion4);
const same = answered(unchanged);

export const paymentInitiationTranslations = {
  createDomesticPaymentConsent: domestic.createConsent,
  getDomesticPaymentConsent: domestic.getConsent,
  getDomesticPaymentFundsConfirmation: same,
  createDomesticPayment: domestic.create,
  getDomesticPayment: domestic.get,
  getDomesticPaymentDetails: details,
  createDomesticScheduledPaymentConsent: domesticScheduled.createConsent,
  getDomesticScheduledPaymentConsent: domesticScheduled.getConsent,
  createDomesticScheduledPayment: domesticScheduled.create,
  getDomesticScheduledPayment: domesticScheduled.get,
  getDomesticScheduledPaymentDetails: details,
  createDomesticStandingOrderConsent: domesticStanding.createConsent,
  getDomesticStandingOrderConsent: domesticStanding.getConsent,
  createDomesticStandingOrder: domesticStanding.create,
  getDomesticStandingOrder: domesticStanding.get,
  getDomesticStandingOrderDetails: details,
  createInternationalPaymentConsent: international.createConsent,
  getInternationalPaymentConsent: international.getConsent,
  getInternationalPaymentFundsConfirmation: same,
  createInternationalPayment: international.create,
  getInternationalPayment: international.get,
  getInternationalPaymentDetails: details,
  createInternationalScheduledPaymentConsent: internationalScheduled.createConsent,
  getInternationalScheduledPaymentConsent: internationalScheduled.getConsent,
  getInternationalScheduledPaymentFundsConfirmation: same,
  createInternationalScheduledPayment: internationalScheduled.create,
  getInternationalScheduledPayment: internationalScheduled.get,
  getInternationalScheduledPaymentDetails: details,
  createInternationalStandingOrderConsent: internationalStanding.createConsent,
  getInternationalStandingOrderConsent: internationalStanding.getConsent,
  createInternationalStandingOrder: internationalStanding.create,
  getInternationalStandingOrder: internationalStanding.get,
  getInternationalStandingOrderDetails: details,
  createFilePaymentConsent: file.createConsent,
  getFilePaymentConsent: file.getConsent,
  // What is in a file is its caller's and its bank's: its hash was consented to.
  uploadPaymentFile: same,
  getPaymentFile: same,
  createFilePayment: file.create,
  getFilePayment: file.get,
  getFilePaymentDetails: details,
  getFilePaymentReport: same,
} satisfies Partial<Record<OperationName, Translation>>;
