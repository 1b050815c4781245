// Which consent a call may use: the checks between a good token and an answer, in the order banks make them.
import type { Caller } from './deps.ts';
import { badRequest, forbidden } from './errors.ts';
import type { Call, Operation } from './operation.ts';
import { isPaymentFamily, type PaymentFamily } from './payment-families.ts';
import type {
  AccountAccessConsent,
  ApiVersion,
  FundsConsent,
  PaymentConsent,
  StoredConsent,
} from './records.ts';

const scopes = { aisp: 'accounts', pisp: 'payments', cbpii: 'fundsconfirmations' } as const;

/** Scope, then the kind of token: a customer's token opens no client endpoint, nor the other way round. */
export function checkToken(operation: Operation, caller: Caller): void {
  if (!caller.scopes.includes(scopes[operation.group])) {
    throw forbidden('U006', `the token lacks the scope ${scopes[operation.group]}`);
  }
  const wanted = operation.caller === 'client' ? 'client' : 'customer';
  if (caller.kind !== wanted) throw forbidden('U006', `this endpoint takes a token of the ${wanted}`);
}

/** The access a customer's token was given under: of the right family, authorised, in time, with the permissions. */
export function accessOf(call: Call, permissions: string[][]): AccountAccessConsent {
  const consent = boundConsent(call);
  if (consent.family !== 'account-access')
    throw forbidden('U008', 'the token belongs to a consent of another kind');
  if (consent.status === 'EXPD') throw forbidden('TKXP', 'the consent has expired');
  if (consent.status !== 'AUTH') throw forbidden('U009', 'the consent is not authorised');
  for (const group of permissions) {
    if (!group.some((permission) => consent.permissions.includes(permission))) {
      throw forbidden('U008', `the consent lacks ${group.join(' or ')}`);
    }
  }
  return consent;
}

/** The payment consent a customer's token was given under; its status is for the endpoint to judge (400, not 403). */
export function paymentConsentOf(call: Call, family: PaymentFamily): PaymentConsent {
  const consent = boundConsent(call);
  if (!isPaymentConsent(consent) || consent.family !== family)
    throw forbidden('U008', 'the token belongs to a consent of another kind');
  return consent;
}

/** The consent to ask about funds that a customer's token was given under; its status is for the endpoint to judge. */
export function fundsConsentOf(call: Call): FundsConsent {
  const consent = boundConsent(call);
  if (consent.family !== 'funds-confirmation')
    throw forbidden('U008', 'the token belongs to a consent of another kind');
  return consent;
}

/** An access or a consent about funds as the third party that made it may see it. */
export function ownConsent<Family extends 'account-access' | 'funds-confirmation'>(
  call: Call,
  consentId: string,
  family: Family,
): Extract<StoredConsent, { family: Family }> {
  return seenBy(call, consentId, (consent) => isOfFamily(consent, family));
}

/** A payment consent as the third party that made it may see it. */
export function ownPaymentConsent(call: Call, consentId: string, family: PaymentFamily): PaymentConsent {
  const isWanted = (consent: StoredConsent): consent is PaymentConsent =>
    isPaymentConsent(consent) && consent.family === family;
  return seenBy(call, consentId, isWanted);
}

function seenBy<Wanted extends StoredConsent>(
  call: Call,
  consentId: string,
  isWanted: (consent: StoredConsent) => consent is Wanted,
): Wanted {
  const consent = call.deps.state.consents.get(consentId);
  if (!consent || !isWanted(consent) || !isVisible(consent, call.version)) {
    throw badRequest('U011', 'there is no such consent');
  }
  if (consent.clientId !== call.caller.clientId)
    throw forbidden('U008', 'the consent is another third party’s');
  return consent;
}

function boundConsent(call: Call): StoredConsent {
  const consent = call.deps.state.consents.get(call.caller.consentId ?? '');
  if (!consent || consent.clientId !== call.caller.clientId)
    throw forbidden('U009', 'the consent is no more');
  if (!isVisible(consent, call.version)) throw forbidden('U008', 'the consent was made on another version');
  return consent;
}

function isOfFamily<Family extends 'account-access' | 'funds-confirmation'>(
  consent: StoredConsent,
  family: Family,
): consent is Extract<StoredConsent, { family: Family }> {
  return consent.family === family;
}

/** What lasts and was given on version 3 may be used on version 4, never the reverse; a payment stays on its version. */
function isVisible(consent: StoredConsent, version: ApiVersion): boolean {
  if (consent.version === version) return true;
  return !isPaymentConsent(consent) && consent.version === 'v3.1';
}

function isPaymentConsent(consent: StoredConsent): consent is PaymentConsent {
  return isPaymentFamily(consent.family);
}
