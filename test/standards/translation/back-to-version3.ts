// The way back from a translated answer, written for the tests alone: what can be told from it again was not lost. Answers
// change in place.

type Json = Record<string, unknown>;

const consentStatuses = {
  AWAU: 'AwaitingAuthorisation',
  AUTH: 'Authorised',
  RJCT: 'Rejected',
  CANC: 'Revoked',
};
const subTypes = { BCUR: 'BaseCurrency', LCUR: 'LocalCurrency' };
const addressTypes = {
  BIZZ: 'Business',
  CORR: 'Correspondence',
  DLVY: 'DeliveryTo',
  MLTO: 'MailTo',
  PBOX: 'POBox',
  ADDR: 'Postal',
  HOME: 'Residential',
  STAT: 'Statement',
};
const transactionStatuses = { BOOK: 'Booked', PDNG: 'Pending', RJCT: 'Rejected' };
const balanceTypes = {
  CLAV: 'ClosingAvailable',
  CLBD: 'ClosingBooked',
  XPCD: 'Expected',
  FWAV: 'ForwardAvailable',
  INFO: 'Information',
  ITAV: 'InterimAvailable',
  ITBD: 'InterimBooked',
  OPAV: 'OpeningAvailable',
  OPBD: 'OpeningBooked',
  PRCD: 'PreviouslyClosedBooked',
};
const clearedTypes = { CLAV: 'ClosingCleared', ITAV: 'InterimCleared', OPAV: 'OpeningCleared' };
const names = {
  YEAR: 'UK.OBIE.Annual',
  DAIL: 'UK.OBIE.Daily',
  FRTN: 'UK.OBIE.Fortnightly',
  MIAN: 'UK.OBIE.HalfYearly',
  MNTH: 'UK.OBIE.Monthly',
  NONE: 'UK.OBIE.NotKnown',
  QURT: 'UK.OBIE.Quarterly',
  WEEK: 'UK.OBIE.Weekly',
};
const schedules = { DAIL: 'EvryDay', WODL: 'EvryWorkgDay', NONE: 'NotKnown' };
const intervals = {
  WEEK: 'IntrvlWkDay:01',
  FRTN: 'IntrvlWkDay:02',
  FOWK: 'IntrvlWkDay:04',
  MNTH: 'IntrvlMnthDay:01',
  TWMH: 'IntrvlMnthDay:02',
  QURT: 'IntrvlMnthDay:03',
  FOMH: 'IntrvlMnthDay:04',
  FIMH: 'IntrvlMnthDay:05',
  MIAN: 'IntrvlMnthDay:06',
  YEAR: 'IntrvlMnthDay:12',
};

/** The ways back of account information and confirmation of funds, by the schema of the answer. */
export const waysBack: Record<string, (answer: Json) => void> = {
  OBReadConsentResponse1: ({ Data }) => rename(Data, 'Status', consentStatuses),
  OBFundsConfirmationConsentResponse1: ({ Data }) => rename(Data, 'Status', consentStatuses),
  OBFundsConfirmationResponse1: () => {},
  OBReadAccount6: (answer) => list(answer, 'Account').forEach(account),
  OBReadBalance1: (answer) => list(answer, 'Balance').forEach(balance),
  OBReadBeneficiary5: (answer) =>
    list(answer, 'Beneficiary').forEach(({ CreditorAgent }) => {
      agent(CreditorAgent);
    }),
  OBReadDirectDebit2: (answer) => list(answer, 'DirectDebit').forEach(directDebit),
  OBReadOffer1: () => {},
  OBReadParty2: (answer) => party(Object(Object(answer.Data).Party)),
  OBReadParty3: (answer) => list(answer, 'Party').forEach(party),
  OBReadProduct2: () => {},
  OBReadScheduledPayment3: () => {},
  OBReadStandingOrder6: (answer) => list(answer, 'StandingOrder').forEach(standingOrder),
  OBReadStatement2: (answer) => list(answer, 'Statement').forEach(statement),
  OBReadTransaction6: (answer) => list(answer, 'Transaction').forEach(transaction),
};

/** An answer of v3.1 less what it may lose: each of these says nothing that its absence does not say. */
export function withoutNothing(answer: Json): void {
  for (const each of [...list(answer, 'Transaction'), ...list(answer, 'StandingOrder')]) {
    if (Object.keys(Object(each.SupplementaryData)).length === 0) delete each.SupplementaryData;
  }
  // As if it were said: nobody knows how often.
  for (const each of list(answer, 'DirectDebit')) each.Frequency ??= 'UK.OBIE.NotKnown';
}

function account(value: Json): void {
  move(value, 'AccountCategory', value, 'AccountType');
  delete value.AccountTypeCode;
  move(value, 'V3AccountSubType', value, 'AccountSubType');
}

function balance(value: Json): void {
  move(value, 'V3Type', value, 'Type');
  amounts(value);
}

function amounts({ Amount, LocalAmount }: Json): void {
  for (const amount of [Amount, LocalAmount]) rename(amount, 'SubType', subTypes);
}

function directDebit(value: Json): void {
  move(value, 'V3DirectDebitStatusCode', value, 'DirectDebitStatusCode');
  rename(value, 'DirectDebitStatusCode', { ACTV: 'Active' });
  const mandate: Json = Object(value.MandateRelatedInformation);
  delete value.MandateRelatedInformation;
  move(mandate, 'MandateIdentification', value, 'MandateIdentification');
  move(Object(mandate.Frequency), 'Type', value, 'Frequency');
  rename(value, 'Frequency', names);
}

function standingOrder(value: Json): void {
  fromSupplement(value, 'V3StandingOrderStatusCode', value, 'StandingOrderStatusCode');
  rename(value, 'StandingOrderStatusCode', { ACTV: 'Active' });
  const mandate: Json = Object(value.MandateRelatedInformation);
  delete value.MandateRelatedInformation;
  const { Type, PointInTime } = Object(mandate.Frequency);
  value.Frequency = Type;
  if (PointInTime === undefined) rename(value, 'Frequency', schedules);
  else value.Frequency = `${new Map(Object.entries(intervals)).get(Type)}:${PointInTime}`;
  for (const name of ['FirstPaymentDateTime', 'FinalPaymentDateTime']) move(mandate, name, value, name);
  const [structured] = Object(value.RemittanceInformation).Structured ?? [];
  delete value.RemittanceInformation;
  if (structured !== undefined) value.Reference = structured.CreditorReferenceInformation.Reference;
}

function statement(value: Json): void {
  const all: Json[] = Object(value.StatementAmount ?? []);
  all.forEach(amounts);
}

function transaction(value: Json): void {
  rename(value, 'Status', transactionStatuses);
  const running: Json = Object(value.Balance);
  rename(running, 'Type', running.V3IsClearedBalanceType === true ? clearedTypes : balanceTypes);
  delete running.V3IsClearedBalanceType;
  agent(value.CreditorAgent);
  agent(value.DebtorAgent);
  // The names are in the supplementary data, whether there are codes for them or not.
  const code: Json = {};
  delete value.BankTransactionCode;
  fromSupplement(value, 'V3BankTransactionCodeCode', code, 'Code');
  fromSupplement(value, 'V3BankTransactionCodeSubCode', code, 'SubCode');
  if (Object.keys(code).length > 0) value.BankTransactionCode = code;
}

function party(value: Json): void {
  const addresses: Json[] = Object(value.Address ?? []);
  for (const address of addresses) rename(address, 'AddressType', addressTypes);
}

function agent(value: unknown): void {
  rename(Object(value).PostalAddress, 'AddressType', addressTypes);
}

function list(answer: Json, name: string): Json[] {
  return Object(answer.Data)[name] ?? [];
}

function rename(holder: unknown, name: string, codes: Record<string, string>): void {
  const value: Json = Object(holder);
  const old = new Map(Object.entries(codes)).get(String(value[name]));
  if (old !== undefined) value[name] = old;
}

function move(from: Json, name: string, to: Json, newName: string): void {
  if (!Object.hasOwn(from, name)) return;
  const value = from[name];
  delete from[name];
  to[newName] = value;
}

function fromSupplement(holder: Json, name: string, to: Json, newName: string): void {
  const supplement: Json = Object(holder.SupplementaryData);
  move(supplement, name, to, newName);
  if (Object.keys(supplement).length === 0) delete holder.SupplementaryData;
}
