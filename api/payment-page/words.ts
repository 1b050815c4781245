// What the page says of a payment, by how it stands, to somebody who has never heard of consents.
import type { PaymentJourneyStatus } from '../../workflows/contracts/payment-journey.ts';

export interface Words {
  title: string;
  text: string;
}

/** @param payee who is, or was, to be paid */
type About = (payee: string) => Words;

const paid: About = (payee) => ({ title: 'Paid', text: `Your payment to ${payee} has been made.` });

const notPaid: About = (payee) => ({
  title: 'Not paid',
  text: `Your payment to ${payee} was not made. Your bank can tell you more.`,
});

const onItsWay: About = (payee) => ({
  title: 'Thank you',
  text: `You have approved the payment to ${payee}, and your bank is carrying it out. There is nothing more for you to do.`,
});

const unclear: About = (payee) => ({
  title: 'We do not know yet',
  text: `We could not find out whether your payment to ${payee} was made. Please look at your account, and ask ${payee} before you pay again.`,
});

export const wordsFor: Record<PaymentJourneyStatus, About> = {
  'awaiting-bank': (payee) => ({
    title: `Pay ${payee}`,
    text: 'Choose the bank that you want to pay from. You approve the payment there, on its own pages.',
  }),
  creating: (payee) => ({
    title: `Pay ${payee}`,
    text: 'We are getting your payment ready. Please wait a moment.',
  }),
  'awaiting-authorisation': (payee) => ({
    title: `Pay ${payee}`,
    text: 'You approve this payment with your bank, on its own pages. We never see how you sign in there.',
  }),
  submitting: onItsWay,
  following: onItsWay,
  settled: paid,
  'settled-at-debtor': paid,
  'executed-id-unknown': paid,
  initiated: (payee) => ({
    title: 'All set',
    text: `Your bank will pay ${payee} as you have approved.`,
  }),
  'initiation-failed': notPaid,
  rejected: notPaid,
  cancelled: notPaid,
  blocked: notPaid,
  failed: notPaid,
  'outcome-unknown': unclear,
  abandoned: (payee) => ({
    title: 'That took too long',
    text: `The payment to ${payee} was not approved in time, so it was not made.`,
  }),
  refused: (payee) => ({
    title: 'You did not agree',
    text: `You did not give your agreement at your bank, so nothing was paid to ${payee}.`,
  }),
  'called-off': (payee) => ({
    title: 'Called off',
    text: `The payment to ${payee} was called off. Nothing was paid.`,
  }),
};
