// The context of a payment that only version 3.1 knows: taken for banks on that version, refused for the others.
import { expect, it } from 'vitest';
import { bankProfileFacts } from '../../api/bank-profile-facts.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { paymentConsentRequest } from '../standards/sample-bodies.ts';
import { fakeApi } from './fake-api.ts';
import { addRegistration, recordConsentAtBank, registrationId } from './stories.ts';

it.each([
  [false, 201, undefined],
  [true, 400, ['ExternalApiRequest.Risk.V3PaymentContextCode']],
])('with version 4 (%s) it is answered %i', async (pispUseV4, status, errors) => {
  const api = fakeApi({ bankProfiles: bankProfileFacts(builtInBook, {}) });
  addRegistration(api, { bankProfile: 'Lloyds_LloydsPersonal', pispUseV4 });
  api.journeys.createConsent = async ({ consentId }) => recordConsentAtBank(api, consentId, {}, '/consents');
  const { PaymentContextCode: _, ...risk } = paymentConsentRequest('v4.0').Risk;
  const Risk = { ...risk, V3PaymentContextCode: 'BillPayment' };
  const initiation = {
    ...{ InstructionIdentification: 'i', EndToEndIdentification: 'e' },
    InstructedAmount: { Amount: '1.00', Currency: 'GBP' },
    CreditorAccount: { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '1', Name: 'n' },
  };
  const answer = await api.send('POST', '/pisp/domestic-payment-consents', {
    body: {
      BankRegistrationId: registrationId,
      ExternalApiRequest: { Data: { Initiation: initiation }, Risk },
    },
  });
  expect([answer.status, answer.json.errors && Object.keys(answer.json.errors)]).toEqual([status, errors]);
});
