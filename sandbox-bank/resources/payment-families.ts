// The seven kinds of payment a bank may offer, as data: where each is on the wire, what it is called, when its money moves.

export const paymentFamilyNames = [
  'domestic-payment',
  'domestic-scheduled-payment',
  'domestic-standing-order',
  'international-payment',
  'international-scheduled-payment',
  'international-standing-order',
  'file-payment',
] as const;

export type PaymentFamily = (typeof paymentFamilyNames)[number];

export interface FamilyFacts {
  family: PaymentFamily;
  consents: string;
  orders: string;
  /** The order's id in the paths. */
  idParameter: string;
  /** The order's id in a body. */
  idMember: string;
  /** What ids of its consents begin with. */
  prefix: string;
  /** When the money moves: at once, on one day, again and again, or file by file. */
  execution: 'immediate' | 'scheduled' | 'standing-order' | 'file';
  isInternational: boolean;
  confirmsFunds: boolean;
}

export const paymentFamilies: Record<PaymentFamily, FamilyFacts> = {
  'domestic-payment': {
    ...named('domestic-payment', 'DomesticPaymentId', 'pdc'),
    ...{ execution: 'immediate', isInternational: false, confirmsFunds: true },
  },
  'domestic-scheduled-payment': {
    ...named('domestic-scheduled-payment', 'DomesticScheduledPaymentId', 'pds'),
    ...{ execution: 'scheduled', isInternational: false, confirmsFunds: false },
  },
  'domestic-standing-order': {
    ...named('domestic-standing-order', 'DomesticStandingOrderId', 'pdo'),
    ...{ execution: 'standing-order', isInternational: false, confirmsFunds: false },
  },
  'international-payment': {
    ...named('international-payment', 'InternationalPaymentId', 'pic'),
    ...{ execution: 'immediate', isInternational: true, confirmsFunds: true },
  },
  'international-scheduled-payment': {
    ...named('international-scheduled-payment', 'InternationalScheduledPaymentId', 'pis'),
    ...{ execution: 'scheduled', isInternational: true, confirmsFunds: true },
  },
  'international-standing-order': {
    ...named('international-standing-order', 'InternationalStandingOrderId', 'pio'),
    // As published: the path has another word than the body.
    idParameter: 'InternationalStandingOrderPaymentId',
    ...{ execution: 'standing-order', isInternational: true, confirmsFunds: false },
  },
  'file-payment': {
    ...named('file-payment', 'FilePaymentId', 'pfc'),
    ...{ execution: 'file', isInternational: false, confirmsFunds: false },
  },
};

export const allPaymentFamilies: readonly FamilyFacts[] = Object.values(paymentFamilies);

const names: ReadonlySet<string> = new Set(paymentFamilyNames);

export function isPaymentFamily(family: string): family is PaymentFamily {
  return names.has(family);
}

function named(family: PaymentFamily, idMember: string, prefix: string) {
  return {
    ...{ family, consents: `/${family}-consents`, orders: `/${family}s` },
    ...{ idParameter: idMember, idMember, prefix },
  };
}
