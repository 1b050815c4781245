// What is to be paid, in words: read off what a bank is, or will be, asked to have consented to.
import { z } from 'zod';

const amount = z.object({ Amount: z.string(), Currency: z.string() });

/** As `askedPayment` makes it. */
const Asked = z.object({
  Data: z.object({
    Initiation: z.object({
      InstructedAmount: amount.optional(),
      FirstPaymentAmount: amount.optional(),
      RequestedExecutionDateTime: z.string().optional(),
      NumberOfPayments: z.string().optional(),
      MandateRelatedInformation: z
        .object({ Frequency: z.object({ Type: z.string() }), FirstPaymentDateTime: z.string().optional() })
        .optional(),
      CreditorAccount: z.object({ Name: z.string().optional(), Identification: z.string() }),
      RemittanceInformation: z
        .object({
          Structured: z.array(
            z.object({ CreditorReferenceInformation: z.object({ Reference: z.string() }) }),
          ),
        })
        .optional(),
    }),
  }),
});

export interface OrderInWords {
  payee: string;
  /** Enough of the number to know the account by. */
  account: string;
  amount: string;
  when: string;
  reference: string | undefined;
}

/** @param text of a consent's body, in version 4 */
export function orderInWords(text: string): OrderInWords {
  const order = Asked.parse(JSON.parse(text)).Data.Initiation;
  const { Name, Identification } = order.CreditorAccount;
  const total = order.InstructedAmount ?? order.FirstPaymentAmount;
  if (total === undefined) throw new Error('A payment has an amount.');
  return {
    payee: Name ?? Identification,
    account: `ending in ${Identification.slice(-4)}`,
    amount: inMoney(total),
    when: whenOf(order),
    reference: order.RemittanceInformation?.Structured[0]?.CreditorReferenceInformation.Reference,
  };
}

/** Exactly: the amount never becomes a number. */
function inMoney({ Amount, Currency }: z.output<typeof amount>): string {
  const format = new Intl.NumberFormat('en-GB', {
    ...{ style: 'currency', currency: Currency, maximumFractionDigits: 5 },
  });
  return format.format(Amount as `${number}`); // the text of a decimal number, by the schema of the request
}

const howOften = new Map([
  ['DAIL', 'every day'],
  ['WEEK', 'every week'],
  ['FRTN', 'every two weeks'],
  ['MNTH', 'every month'],
  ['QURT', 'every three months'],
  ['MIAN', 'every six months'],
  ['YEAR', 'every year'],
]);

type Order = z.output<typeof Asked>['Data']['Initiation'];

function whenOf({
  RequestedExecutionDateTime: on,
  MandateRelatedInformation: mandate,
  NumberOfPayments,
}: Order): string {
  if (mandate === undefined) return on === undefined ? 'As soon as you have approved it' : dayOf(on);
  const { Frequency, FirstPaymentDateTime } = mandate;
  return [
    howOften.get(Frequency.Type) ?? 'again and again',
    FirstPaymentDateTime && `from ${dayOf(FirstPaymentDateTime)}`,
    NumberOfPayments && (NumberOfPayments === '1' ? 'once' : `${NumberOfPayments} times`),
  ]
    .filter((part) => part !== undefined)
    .join(', ')
    .replace(/^./, (letter) => letter.toUpperCase());
}

/** The day that was written, wherever the machine is. */
function dayOf(text: string): string {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
