// The way back from a translated request, written for the tests alone, and the losses that the translation is known for.

type Json = Record<string, unknown>;

const addressTypes: Record<string, string> = {
  Business: 'BIZZ',
  Correspondence: 'CORR',
  DeliveryTo: 'DLVY',
  MailTo: 'MLTO',
  POBox: 'PBOX',
  Postal: 'ADDR',
  Residential: 'HOME',
  Statement: 'STAT',
};

const frequencies: Record<string, string> = { EvryDay: 'DAIL', EvryWorkgDay: 'WODL', NotKnown: 'NONE' };
const intervals: Record<string, string> = {
  'IntrvlWkDay:01': 'WEEK',
  'IntrvlWkDay:02': 'FRTN',
  'IntrvlWkDay:04': 'FOWK',
  'IntrvlMnthDay:01': 'MNTH',
  'IntrvlMnthDay:02': 'TWMH',
  'IntrvlMnthDay:03': 'QURT',
  'IntrvlMnthDay:04': 'FOMH',
  'IntrvlMnthDay:05': 'FIMH',
  'IntrvlMnthDay:06': 'MIAN',
  'IntrvlMnthDay:12': 'YEAR',
};

/** A request of v3.1 as its caller wrote it in v4.0, but for the losses named below. */
export function backToVersion4(request: unknown): Json {
  const body: Json = Object(structuredClone(request));
  const initiation: Json = Object(Object(body.Data).Initiation);
  for (const address of addressesOf(initiation)) {
    if (typeof address.AddressType === 'string') address.AddressType = addressTypes[address.AddressType];
  }
  if (initiation.Frequency !== undefined) standingOrder(initiation);
  const remittance: Json = Object(initiation.RemittanceInformation);
  const { Reference } = remittance;
  delete remittance.Reference;
  if (Reference !== undefined) remittance.Structured = structured(Reference);
  if (typeof remittance.Unstructured === 'string') remittance.Unstructured = [remittance.Unstructured];
  const risk: Json = Object(body.Risk);
  if (risk.ContractPresentInidicator !== undefined) {
    risk.ContractPresentIndicator = risk.ContractPresentInidicator;
    delete risk.ContractPresentInidicator;
  }
  return body;
}

function addressesOf({ CreditorPostalAddress, Creditor, CreditorAgent }: Json): Json[] {
  return [CreditorPostalAddress, Object(Creditor).PostalAddress, Object(CreditorAgent).PostalAddress].map(
    Object,
  );
}

function structured(Reference: unknown) {
  return [{ CreditorReferenceInformation: { Reference } }];
}

function standingOrder(initiation: Json): void {
  const mandate: Json = { Frequency: frequencyOf(String(initiation.Frequency)) };
  delete initiation.Frequency;
  for (const name of ['FirstPaymentDateTime', 'RecurringPaymentDateTime', 'FinalPaymentDateTime']) {
    if (initiation[name] !== undefined) mandate[name] = initiation[name];
    delete initiation[name];
  }
  initiation.MandateRelatedInformation = mandate;
  if (initiation.Reference === undefined) return;
  initiation.RemittanceInformation = { Structured: structured(initiation.Reference) };
  delete initiation.Reference;
}

function frequencyOf(text: string): Json {
  const [unit, count, PointInTime] = text.split(':');
  const every = intervals[`${unit}:${count}`];
  if (every !== undefined && !PointInTime?.startsWith('-')) return { Type: every, PointInTime };
  return { Type: frequencies[text] ?? text };
}

/** The request less what it may lose on its way: each of these says nothing that v3.1 does not say by itself. */
export function lessNamedLosses(request: unknown): Json {
  const body: Json = Object(structuredClone(request));
  const initiation: Json = Object(Object(body.Data).Initiation);
  const remittance: Json = Object(initiation.RemittanceInformation);
  // Lists and elements that hold nothing, and the code of the one kind of reference that v3.1 has.
  if (Array.isArray(remittance.Structured)) {
    const { Reference } = remittance.Structured[0]?.CreditorReferenceInformation ?? {};
    if (Reference === undefined) delete remittance.Structured;
    else remittance.Structured = structured(Reference);
  }
  // Where one text ends and the next begins.
  if (Array.isArray(remittance.Unstructured)) {
    if (remittance.Unstructured.length === 0) delete remittance.Unstructured;
    else remittance.Unstructured = [remittance.Unstructured.join(' ')];
  }
  const mandate: Json = Object(initiation.MandateRelatedInformation);
  if (mandate.Frequency !== undefined) {
    // Which of two words for one frequency it was, and that one payment is made each time.
    const { CountPerPeriod, ...frequency } = Object(mandate.Frequency);
    const { PointInTime } = frequency;
    mandate.Frequency = PointInTime === undefined ? frequencyOf(frequency.Type) : frequency;
    if (Object.keys(remittance).length === 0) delete initiation.RemittanceInformation;
  }
  // That a delivery address is one to deliver to.
  const address: Json = Object(Object(body.Risk).DeliveryAddress);
  if (address.AddressType === 'DLVY') delete address.AddressType;
  return body;
}
