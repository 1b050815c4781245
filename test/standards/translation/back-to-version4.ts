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

/** A request of v3.1 as its caller wrote it in v4.0, but for the losses named below. */
export function backToVersion4(request: unknown): Json {
  const body: Json = Object(structuredClone(request));
  const initiation: Json = Object(body.Data).Initiation ?? {};
  const address: Json = Object(initiation.CreditorPostalAddress);
  if (typeof address.AddressType === 'string') address.AddressType = addressTypes[address.AddressType];
  const remittance: Json = Object(initiation.RemittanceInformation);
  const { Reference } = remittance;
  delete remittance.Reference;
  if (Reference !== undefined) remittance.Structured = [{ CreditorReferenceInformation: { Reference } }];
  if (remittance.Unstructured !== undefined) remittance.Unstructured = [remittance.Unstructured];
  const risk: Json = Object(body.Risk);
  if (risk.ContractPresentInidicator !== undefined) {
    risk.ContractPresentIndicator = risk.ContractPresentInidicator;
    delete risk.ContractPresentInidicator;
  }
  return body;
}

/** The request less what it may lose on its way: each of these says nothing that v3.1 does not say by itself. */
export function lessNamedLosses(request: unknown): Json {
  const body: Json = Object(structuredClone(request));
  const remittance: Json = Object(Object(Object(body.Data).Initiation).RemittanceInformation);
  // Lists and elements that hold nothing, and the code of the one kind of reference that v3.1 has.
  if (Array.isArray(remittance.Structured)) {
    const { Reference } = remittance.Structured[0]?.CreditorReferenceInformation ?? {};
    if (Reference === undefined) delete remittance.Structured;
    else remittance.Structured = [{ CreditorReferenceInformation: { Reference } }];
  }
  // Where one text ends and the next begins.
  if (Array.isArray(remittance.Unstructured)) {
    if (remittance.Unstructured.length === 0) delete remittance.Unstructured;
    else remittance.Unstructured = [remittance.Unstructured.join(' ')];
  }
  // That a delivery address is one to deliver to.
  const address: Json = Object(Object(body.Risk).DeliveryAddress);
  if (address.AddressType === 'DLVY') delete address.AddressType;
  return body;
}
