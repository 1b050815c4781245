// The error codes of bank answers: four characters in v4.0, names in v3.1, one to one.
// https://github.com/OpenBankingUK/External_Internal_CodeSets (OBInternalErrorResponseError1Code)

/** v4.0 code → v3.1 name. */
export const errorCodes = {
  U000: 'UK.OBIE.UnexpectedError',
  U001: 'UK.OBIE.Field.Expected',
  U002: 'UK.OBIE.Field.Invalid',
  U003: 'UK.OBIE.Field.InvalidDate',
  U004: 'UK.OBIE.Field.Missing',
  U005: 'UK.OBIE.Field.Unexpected',
  U006: 'UK.OBIE.Header.Invalid',
  U007: 'UK.OBIE.Header.Missing',
  U008: 'UK.OBIE.Resource.ConsentMismatch',
  U009: 'UK.OBIE.Resource.InvalidConsentStatus',
  U010: 'UK.OBIE.Resource.InvalidFormat',
  U011: 'UK.OBIE.Resource.NotFound',
  U012: 'UK.OBIE.Rules.AfterCutOffDateTime',
  U013: 'UK.OBIE.Rules.DuplicateReference',
  U014: 'UK.OBIE.Rules.FailsControlParameters',
  U015: 'UK.OBIE.Signature.Invalid',
  U016: 'UK.OBIE.Signature.InvalidClaim',
  U017: 'UK.OBIE.Signature.MissingClaim',
  U018: 'UK.OBIE.Signature.Malformed',
  U019: 'UK.OBIE.Signature.Missing',
  U020: 'UK.OBIE.Signature.Unexpected',
  U021: 'UK.OBIE.Unsupported.AccountIdentifier',
  U022: 'UK.OBIE.Unsupported.AccountSecondaryIdentifier',
  U023: 'UK.OBIE.Unsupported.Currency',
  U024: 'UK.OBIE.Unsupported.EventType',
  U025: 'UK.OBIE.Unsupported.Frequency',
  U026: 'UK.OBIE.Unsupported.LocalInstrument',
  U027: 'UK.OBIE.Unsupported.Scheme',
  U028: 'UK.OBIE.Reauthenticate',
  U029: 'UK.OBIE.Rules.ResourceAlreadyExists',
} as const;

const codesByName = new Map<string, string>(Object.entries(errorCodes).map(([code, name]) => [name, code]));

/** The v4.0 code of a v3.1 name. Anything else (v4.0 codes, ISO reasons, a bank's own) comes back as it is. */
export function errorCodeOf(codeOrName: string): string {
  return codesByName.get(codeOrName) ?? codeOrName;
}

/** The customer has to authenticate again: asked for by name, or because the token lapsed or was suspended. */
export const reauthenticationCodes: ReadonlySet<string> = new Set(['U028', 'TKXP', 'TKSP']);

/** The consent is not, or no longer, in a state for the call: wrong status, already consumed, not authorised. */
export const consentNotUsableCodes: ReadonlySet<string> = new Set(['U009', 'U033', 'U035', 'U036', 'U037']);
