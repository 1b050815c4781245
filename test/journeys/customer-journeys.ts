// The journeys as a service drives them: registration, consents, authorisation, payment. Each step fails the test unless
// the API answers as it should.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import type { House } from './house.ts';

export type Profile = 'Sandbox_Hybrid' | 'Sandbox_Jarm';
export const bankOf = { Sandbox_Hybrid: 'hybrid', Sandbox_Jarm: 'jarm' } as const;

/** @returns the body */
export async function create(house: House, path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await house.ask('POST', path, body, headers);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
  return answer.body;
}

export async function addSoftwareStatement(house: House): Promise<string> {
  const { roles, environment } = house.everything;
  const tppDir = roles['sandbox-bank'].addresses.tppDir ?? '';
  const file = (name: string) => readFileSync(join(tppDir, name), 'utf8');
  const tpp = JSON.parse(file('tpp.json'));
  const key = (kind: string) => {
    copyFileSync(join(tppDir, `${kind}.key`), join(environment.SECRETS_DIR ?? '', `${kind}.key`));
    return { Source: 'File', Name: `${kind}.key` };
  };
  const obWac = await create(house, '/manage/obwac-certificates', {
    AssociatedKey: key('obwac'),
    Certificate: file('obwac.pem'),
  });
  const obSeal = await create(house, '/manage/obseal-certificates', {
    AssociatedKey: key('obseal'),
    AssociatedKeyId: tpp.sealKeyId,
    Certificate: file('obseal.pem'),
  });
  const uri = (mode: string) => tpp.redirectUris.find((each: string) => each.endsWith(`/${mode}-redirect`));
  const statement = await create(house, '/manage/software-statements', {
    ...{ OrganisationId: tpp.organisationId, SoftwareId: tpp.softwareId, SandboxEnvironment: true },
    ...{ DefaultObWacCertificateId: obWac.Id, DefaultObSealCertificateId: obSeal.Id },
    ...{ DefaultQueryRedirectUrl: uri('query'), DefaultFragmentRedirectUrl: uri('fragment') },
  });
  expect(statement.Warnings).toBeUndefined(); // keys, dates and the directory's own statement are in order
  return statement.Id;
}

/** @param changes of the request */
export async function register(house: House, profile: Profile, statementId?: string, changes: object = {}) {
  const SoftwareStatementId = statementId ?? (await addSoftwareStatement(house));
  return create(house, '/manage/bank-registrations', {
    ...{ BankProfile: profile, SoftwareStatementId },
    ...changes,
  });
}

export interface Consent {
  id: string;
  externalApiId: string;
}

export async function createAccess(house: House, registrationId: string): Promise<Consent> {
  const consent = await create(house, '/aisp/account-access-consents', {
    BankRegistrationId: registrationId,
    TemplateRequest: { Type: 'MaximumPermissions' },
  });
  return { id: consent.Id, externalApiId: consent.ExternalApiId };
}

/** A payment of its own: the bank counts by consent and by this reference. */
export function paymentRequest(reference = 'E2E-1') {
  return {
    Data: {
      Initiation: {
        InstructionIdentification: 'INSTR-1',
        EndToEndIdentification: reference,
        InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
        CreditorAccount: {
          SchemeName: 'UK.OBIE.SortCodeAccountNumber',
          Identification: '99000212345678',
          Name: 'Halcyon Interiors',
        },
      },
    },
    Risk: { PaymentContextCode: 'TransferToThirdParty' },
  };
}

export async function createPaymentConsent(house: House, registrationId: string): Promise<Consent> {
  const consent = await create(house, '/pisp/domestic-payment-consents', {
    BankRegistrationId: registrationId,
    ExternalApiRequest: paymentRequest(),
  });
  return { id: consent.Id, externalApiId: consent.ExternalApiId };
}

/** An account of the customer's. */
export const askedAccount = {
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  Identification: '99000110222890',
  Name: 'MS A HART',
};

/** @param ExpirationDateTime none: open-ended */
export async function createFundsConsent(
  house: House,
  registrationId: string,
  ExpirationDateTime?: string,
): Promise<Consent> {
  const consent = await create(house, '/cbpii/funds-confirmation-consents', {
    BankRegistrationId: registrationId,
    ExternalApiRequest: { Data: { ExpirationDateTime, DebtorAccount: askedAccount } },
  });
  return { id: consent.Id, externalApiId: consent.ExternalApiId };
}

export type PaymentFamily =
  | 'domestic-payment'
  | 'domestic-scheduled-payment'
  | 'domestic-standing-order'
  | 'international-payment'
  | 'international-scheduled-payment'
  | 'international-standing-order'
  | 'file-payment';
export type Family = 'account-access' | PaymentFamily | 'funds-confirmation';

/** `DomesticPaymentConsentId` */
export const consentIdMember = (family: Family) =>
  `${family.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())}ConsentId`;

const groupOf = (family: Family) =>
  family === 'account-access' ? 'aisp' : family === 'funds-confirmation' ? 'cbpii' : 'pisp';

export async function startAuthorisation(house: House, family: Family, consent: Consent) {
  const path = `/${groupOf(family)}/${family}-consent-auth-contexts`;
  return create(house, path, { [consentIdMember(family)]: consent.id });
}

/** The customer goes to the bank and says yes. @returns the form that the redirect page hands on */
export async function visitBank(house: House, family: Family, consent: Consent): Promise<URLSearchParams> {
  const { AuthUrl } = await startAuthorisation(house, family, consent);
  return redirectForm(await house.authorise(AuthUrl));
}

export function delegate(house: House, form: URLSearchParams) {
  return house.ask('POST', '/auth/redirect-delegate', form);
}

export async function authorise(house: House, family: Family, consent: Consent): Promise<void> {
  const answer = await delegate(house, await visitBank(house, family, consent));
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
}

export function submitPayment(house: House, consent: Consent, headers: Record<string, string> = {}) {
  const { Data, Risk } = paymentRequest();
  const body = {
    DomesticPaymentConsentId: consent.id,
    ExternalApiRequest: { Data: { ConsentId: '', ...Data }, Risk },
  };
  return house.ask('POST', '/pisp/domestic-payments', body, headers);
}

/** While the customer is there. */
export function askFunds(
  house: House,
  consent: Consent,
  amount: { Amount: string; Currency: string },
  headers: Record<string, string> = {},
) {
  const body = {
    FundsConfirmationConsentId: consent.id,
    ExternalApiRequest: { Data: { ConsentId: '', Reference: 'PURCHASE-7', InstructedAmount: amount } },
  };
  return house.ask('POST', '/cbpii/funds-confirmations', body, headers);
}

export function read(house: House, consent: Consent, path: string) {
  const customer = { 'x-fapi-customer-ip-address': '203.0.113.7' };
  return house.ask('GET', path, undefined, { 'x-obc-account-access-consent-id': consent.id, ...customer });
}

/** By the bank's own counters. */
export async function executedPayments(house: House, profile: Profile, consent: Consent): Promise<number> {
  const counters = await house.control('GET', '/counters');
  return counters[bankOf[profile]].paymentsByConsent[consent.externalApiId] ?? 0;
}
