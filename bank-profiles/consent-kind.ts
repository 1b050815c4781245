// Kinds of consent, as profiles name them and as journeys do.
import type { ConsentKind } from './profile.ts';

export const consentKinds = {
  'account-access': 'accountAccess',
  'domestic-payment': 'domesticPayment',
  'domestic-scheduled-payment': 'domesticPayment',
  'domestic-standing-order': 'domesticPayment',
  'international-payment': 'domesticPayment',
  'international-scheduled-payment': 'domesticPayment',
  'international-standing-order': 'domesticPayment',
  'file-payment': 'domesticPayment',
  'funds-confirmation': 'fundsConfirmation',
} as const satisfies Record<string, ConsentKind>;

/** The OAuth scope that a kind of consent is authorised under. */
export const scopeOfKind: Record<ConsentKind, 'accounts' | 'payments' | 'fundsconfirmations'> = {
  accountAccess: 'accounts',
  domesticPayment: 'payments',
  domesticVrp: 'payments',
  fundsConfirmation: 'fundsconfirmations',
};
