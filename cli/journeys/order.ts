// What payments of all families have in common: the customer consents to one, it is ordered once, and followed to its end.
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Json } from '../connector.ts';
import type { Stage } from '../stage.ts';
import { authorise } from './authorisation.ts';
import type { Registered } from './registration.ts';

export interface Ordered {
  consentId: string;
  paymentId: string;
  status: string;
  /** By the bank's own counter. */
  bankSubmissions: number;
}

export interface Payment {
  family: string;
  /** `DomesticPayment`: its id and that of its consent are called after it. */
  name: string;
  /** What the bank does once, in words: `executed`, `payment`. */
  counted: { did: string; what: string };
  request: { Data: { Initiation: object }; Risk?: object };
}

export async function consentTo(stage: Stage, registered: Registered, payment: Payment): Promise<Json> {
  const consent = await stage.connector.call('POST', `/pisp/${payment.family}-consents`, {
    ...{ BankRegistrationId: registered.id, ExternalApiRequest: payment.request, Reference: 'demo' },
  });
  await stage.watch.follow(consentWorkflowId(consent.Id));
  return consent;
}

export async function authorisePayment(
  stage: Stage,
  { family, name }: Payment,
  consent: Json,
): Promise<void> {
  const path = `/pisp/${family}-consent-auth-contexts`;
  await authorise(stage, path, { [`${name}ConsentId`]: consent.Id });
}

export async function order(
  { connector, narrator, watch, sandbox }: Stage,
  { family, name, counted, request }: Payment,
  consent: Json,
): Promise<Ordered> {
  const { Data, Risk } = request;
  const payment = await connector.call('POST', `/pisp/${family}s`, {
    [`${name}ConsentId`]: consent.Id,
    ExternalApiRequest: { Data: { ConsentId: '', Initiation: Data.Initiation }, Risk },
  });
  const paymentId = payment.ExternalApiResponse.Data[`${name}Id`];
  const workflowId = await watch.findPayment(consent.Id);
  await watch.follow(workflowId);
  narrator.step('the payment is on its way; its status is being followed');
  await watch.ended(workflowId);
  const ended = await connector.call('GET', `/pisp/${family}s/${paymentId}`);
  const { Status } = ended.ExternalApiResponse.Data;
  const bankSubmissions = await sandbox.countPayments('hybrid', consent.ExternalApiId);
  const { did, what } = counted;
  narrator.step(`final status ${Status}; by its own counter the bank ${did} ${bankSubmissions} ${what}`);
  return { consentId: consent.Id, paymentId, status: Status, bankSubmissions };
}
