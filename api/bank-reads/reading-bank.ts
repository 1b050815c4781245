// The bank client's bank in the terms of the API's reads.
import type { Bank } from '../../bank-client/bank.ts';
import type { RegistrationContext } from '../../store/registration-context.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import type { ReadingBank } from './create-bank-reads.ts';

const scopes: Record<ConsentFamily, string> = {
  'account-access': 'accounts',
  'domestic-payment': 'payments',
};

export function readingBank(bank: Bank, { registration }: RegistrationContext): ReadingBank {
  const { bankProfile, aispUseV4, pispUseV4 } = registration;
  return {
    ...{ bankProfile, aispUseV4, pispUseV4 },
    call: bank.call,
    readRegistration: bank.readRegistration,
    authorisationTerms: bank.authorisationTerms,
    authorisationAddress: ({ family, externalApiConsentId, state, nonce, codeVerifier }) =>
      bank.authorisationAddress({
        ...{ externalApiConsentId, state, nonce, codeVerifier },
        scope: scopes[family],
      }),
  };
}
