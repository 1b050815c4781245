// A payment of each family as a third party asks for it, on either version; far enough ahead for what is paid later.
import type { PaymentFamily } from '../../sandbox-bank/resources/payment-families.ts';

export type Version = 'v3.1' | 'v4.0';

export const laterDay = '2026-12-01T09:00:00Z';

const creditor = {
  CreditorAccount: {
    SchemeName: 'UK.OBIE.SortCodeAccountNumber',
    Identification: '99000212345678',
    Name: 'Halcyon Interiors',
  },
};
const foreignCreditor = {
  Creditor: { Name: 'Atelier Lune' },
  CreditorAgent: { SchemeName: 'UK.OBIE.BICFI', Identification: 'SBXBFRPP' },
  CreditorAccount: {
    SchemeName: 'UK.OBIE.IBAN',
    Identification: 'FR1420041010050500013M02606',
    Name: 'Atelier Lune',
  },
};
const instruction = { InstructionIdentification: 'INSTR-1', EndToEndIdentification: 'E2E-1' };
const pounds = (Amount: string) => ({ Amount, Currency: 'GBP' });

/** Every member the bank looks at is there. */
export function initiationOf(family: PaymentFamily, version: Version): Record<string, unknown> {
  const transfer = { CurrencyOfTransfer: 'EUR', InstructedAmount: pounds('10.00') };
  switch (family) {
    case 'domestic-payment':
      return { ...instruction, InstructedAmount: pounds('10.00'), ...creditor, ...remittance(version) };
    case 'domestic-scheduled-payment':
      return {
        ...instruction,
        InstructedAmount: pounds('10.00'),
        RequestedExecutionDateTime: laterDay,
        ...creditor,
        ...remittance(version),
      };
    case 'domestic-standing-order':
      return {
        ...schedule(version),
        FirstPaymentAmount: pounds('10.00'),
        RecurringPaymentAmount: pounds('20.00'),
        ...creditor,
      };
    case 'international-payment':
      return { ...instruction, ...transfer, ...foreignCreditor, ...remittance(version) };
    case 'international-scheduled-payment':
      return {
        ...instruction,
        ...transfer,
        RequestedExecutionDateTime: laterDay,
        ...foreignCreditor,
        ...remittance(version),
      };
    case 'international-standing-order':
      return { ...schedule(version), ...transfer, ...foreignCreditor };
    case 'file-payment':
      return {
        FileType: `UK.OBIE.PaymentInitiation.${version === 'v4.0' ? '4.0' : '3.1'}`,
        FileHash: 'm5ah/h1UjLvJYMxqAoZmj9dKdjZnsGNm+yMkJp/KuqQ=',
        FileReference: 'GB2OK238',
        NumberOfTransactions: '2',
        ControlSum: 10,
      };
  }
}

function remittance(version: Version) {
  return {
    RemittanceInformation: version === 'v4.0' ? { Unstructured: ['Invoice 7'] } : { Reference: 'Invoice 7' },
  };
}

function schedule(version: Version) {
  const NumberOfPayments = '3';
  if (version === 'v3.1')
    return {
      Frequency: 'IntrvlMnthDay:01:15',
      Reference: 'Invoice 7',
      FirstPaymentDateTime: laterDay,
      NumberOfPayments,
    };
  const Frequency = { Type: 'MNTH', PointInTime: '15' };
  return {
    MandateRelatedInformation: { FirstPaymentDateTime: laterDay, Frequency },
    NumberOfPayments,
    ...remittance(version),
  };
}

/** The whole body of a consent: families that are set up have a permission, files have no risk. */
export function consentRequestOf(
  family: PaymentFamily,
  version: Version,
  changes: Record<string, unknown> = {},
  more: object = {},
): { Data: { Initiation: Record<string, unknown> }; Risk?: object } {
  const isAtOnce = ['domestic-payment', 'international-payment', 'file-payment'].includes(family);
  const Initiation = { ...initiationOf(family, version), ...changes };
  return {
    Data: { ...(isAtOnce ? {} : { Permission: 'Create' }), Initiation, ...more },
    ...(family === 'file-payment' ? {} : { Risk: { PaymentContextCode: 'TransferToThirdParty' } }),
  };
}

/** The order under a consent: word for word what was agreed to. */
export function orderOf(consentId: string, request: ReturnType<typeof consentRequestOf>) {
  return {
    Data: { ConsentId: consentId, Initiation: request.Data.Initiation },
    ...(request.Risk === undefined ? {} : { Risk: request.Risk }),
  };
}
