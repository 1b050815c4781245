// Direct debits (OBReadDirectDebit2): what was agreed moves into the mandate.
import { coded } from './codes.ts';
import { inactive, mandateStatusCode, withMandate } from './mandates.ts';
import { each, inTurn, members, replaced } from './translate.ts';

const status = coded(mandateStatusCode);

const directDebit = inTurn(
  replaced({
    DirectDebitStatusCode: (code, walk) =>
      code === inactive ? { V3DirectDebitStatusCode: code } : { DirectDebitStatusCode: status(code, walk) },
  }),
  withMandate,
);

export const directDebitsToVersion4 = members({ Data: members({ DirectDebit: each(directDebit) }) });
