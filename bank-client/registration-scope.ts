// The OAuth scopes behind what the API calls a registration scope.
import type { RegistrationScope } from '../store/registrations.ts';

const scopes: Record<RegistrationScope, string[]> = {
  None: [],
  AccountAndTransaction: ['accounts'],
  PaymentInitiation: ['payments'],
  AccountAndTransactionPlusPaymentInitiation: ['accounts', 'payments'],
  FundsConfirmation: ['fundsconfirmations'],
  All: ['accounts', 'payments', 'fundsconfirmations'],
};

export function oauthScopes(registrationScope: RegistrationScope): string[] {
  return scopes[registrationScope];
}

const scopeOfRole = new Map([
  ['AISP', 'accounts'],
  ['PISP', 'payments'],
  ['CBPII', 'fundsconfirmations'],
]);

/** The widest registration scope that the roles of a software statement allow. */
export function widestScope(roles: readonly string[]): RegistrationScope {
  const allowed = roles.flatMap((role) => scopeOfRole.get(role) ?? []);
  const fitting = Object.entries(scopes).filter(([, wanted]) =>
    wanted.every((scope) => allowed.includes(scope)),
  );
  const [widest] = fitting.toSorted(([, one], [, other]) => other.length - one.length);
  return (widest?.[0] ?? 'None') as RegistrationScope; // a key of `scopes`
}
