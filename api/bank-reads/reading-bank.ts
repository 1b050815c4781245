// The bank client's bank in the terms of the API's reads.
import type { Bank } from '../../bank-client/bank.ts';
import { consentKinds } from '../../bank-profiles/consent-kind.ts';
import type { RegistrationContext } from '../../store/registration-context.ts';
import type { ReadingBank } from './create-bank-reads.ts';

export function readingBank(bank: Bank, { registration }: RegistrationContext): ReadingBank {
  const { bankProfile, aispUseV4, pispUseV4, cbpiiUseV4 } = registration;
  const { unattendedReadsPerDay } = bank;
  return {
    ...{ bankProfile, aispUseV4, pispUseV4, cbpiiUseV4, unattendedReadsPerDay },
    call: bank.call,
    openFile: bank.openFile,
    writeRequest: bank.writeRequest,
    readRegistration: bank.readRegistration,
    authorisationTerms: bank.authorisationTerms,
    authorisationAddress: ({ family, createdWithV4, bankRegistrationId: _, ...request }) =>
      bank.authorisationAddress({
        ...request,
        kind: consentKinds[family],
        version: createdWithV4 ? 'v4.0' : 'v3.1',
      }),
  };
}
