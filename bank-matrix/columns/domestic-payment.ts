// A customer pays once.
import { randomUUID } from 'node:crypto';
import type { Found, MatrixBank } from '../bank.ts';
import { expectThat, type Session, unwarned } from '../session.ts';
import { authorise } from './authorise.ts';

const consents = '/pisp/domestic-payment-consents';
const payments = '/pisp/domestic-payments';

export async function domesticPayment(session: Session, bank: MatrixBank, found: Found): Promise<void> {
  const request = paymentRequest();
  const { ReadRefundAccount, ...data } = request.Data;
  const created = await session.call('POST', consents, {
    body: { BankRegistrationId: found.paymentsRegistrationId, ExternalApiRequest: request },
  });
  const asked = unwarned(created);
  expectThat(asked.Data.Status === 'AWAU', `The consent begins as ${asked.Data.Status}.`);
  expectThat(typeof asked.Links?.Self === 'string', 'The new consent has no link.');
  await authorise(session, 'domestic-payment', created.Id);
  const consent = unwarned(await session.call('GET', `${consents}/${created.Id}`));
  expectThat(consent.Data.Status === 'AUTH', `The authorised consent is ${consent.Data.Status}.`);

  const paid = await session.call('POST', payments, {
    body: {
      DomesticPaymentConsentId: created.Id,
      ExternalApiRequest: { Data: { ConsentId: created.ExternalApiId, ...data }, Risk: request.Risk },
    },
  });
  const taken = unwarned(paid);
  expectThat(/^[A-Z]{4}$/.test(taken.Data.Status), `The payment is ${taken.Data.Status}.`);
  expectThat(typeof taken.Links?.Self === 'string', 'The new payment has no link.');
  const id = encodeURIComponent(taken.Data.DomesticPaymentId);
  const read = unwarned(await session.call('GET', `${payments}/${id}`));
  expectThat(read.Data.DomesticPaymentId === taken.Data.DomesticPaymentId, 'Another payment is read back.');
  const executed = await bank.executedPayments?.(created.ExternalApiId);
  expectThat(executed === undefined || executed === 1, `The bank executed ${executed} payments.`);
}

/** As much as banks of either version take. */
function paymentRequest() {
  return {
    Data: {
      ReadRefundAccount: 'Yes',
      Initiation: {
        InstructionIdentification: randomUUID().slice(0, 30),
        EndToEndIdentification: 'bank matrix',
        InstructedAmount: { Amount: '1.00', Currency: 'GBP' },
        CreditorAccount: {
          SchemeName: 'UK.OBIE.SortCodeAccountNumber',
          Identification: '99000212345678',
          Name: 'Halcyon Interiors',
        },
      },
    },
    Risk: { PaymentContextCode: 'TransferToThirdParty', ContractPresentIndicator: true },
  };
}
