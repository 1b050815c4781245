// The operations whose request bodies get schemas: those that callers of our API write themselves, in version 4.0. All
// other bodies are judged by the published documents as they are.

export interface Selected {
  operations: readonly string[];
  /** `codes`: of these requests only the lists of codes. */
  files: 'requests-and-codes' | 'codes';
}

const paymentFamilies = [
  'domestic-payment',
  'domestic-scheduled-payment',
  'domestic-standing-order',
  'international-payment',
  'international-scheduled-payment',
  'international-standing-order',
  'file-payment',
];
const paymentConsents = paymentFamilies.map((family) => `POST /${family}-consents`);
const paymentOrders = paymentFamilies.map((family) => `POST /${family}s`);

/** By document. */
export const selectedOperations: Readonly<Record<string, Selected>> = {
  'v4.0/account-info': { operations: ['POST /account-access-consents'], files: 'requests-and-codes' },
  'v4.0/payment-initiation': {
    operations: [...paymentConsents, ...paymentOrders],
    files: 'requests-and-codes',
  },
  'v4.0/confirmation-funds': {
    operations: ['POST /funds-confirmation-consents', 'POST /funds-confirmations'],
    files: 'requests-and-codes',
  },
  'v3.1/payment-initiation': { operations: ['POST /domestic-payment-consents'], files: 'codes' },
};
