// Everything that a client of the reference may send to the operations that there are, by operation, and where it shows:
// in what is recorded, in what the bank or a journey is asked, in the answer, or in a refusal that names it.
import { accountConsentRequest, paymentConsentRequest } from '../standards/sample-bodies.ts';
import { fullPaymentConsent } from './full-payment.ts';
import { consentId, registrationId, statementId, unknownId } from './stories.ts';

/** What there is to be seen after a request. */
export type Place = 'record' | 'body' | 'bank' | 'journey' | 'answer' | 'status';

export interface Part {
  /** Its path in the body, or its name. The body is where it is unless said otherwise. */
  name: string;
  in?: 'body' | 'header' | 'query';
  value: unknown;
  /** Where it shows, and under which path. */
  at?: `${Place}` | `${Place}.${string}`;
  /** What is there, when that is not the value itself. */
  as?: unknown;
  /** It is refused: the code. */
  refused?: string;
  /** The rest of the body that it needs beside it. */
  beside?: object;
  /** It has no effect, which docs/from-the-reference.md says in a row of this name. */
  documented?: string;
}

export interface Request {
  /** As in the OpenAPI document. */
  operation: string;
  path: string;
  body?: object;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  parts: Part[];
}

/** Stands for one that is in date. */
export const certificate = 'a certificate';
const secret = { Source: 'File', Name: 'a key' };
const source = (member: string, at: `record.${string}`): Part[] => [
  { name: `${member}.Source`, value: 'Configuration', at: `${at}.source` },
  { name: `${member}.Name`, value: 'another', at: `${at}.name` },
];
const entity: Part[] = [
  { name: 'Reference', value: 'mine', at: 'record.reference' },
  { name: 'CreatedBy', value: 'me', at: 'record.createdBy' },
];
const exclude: Part = {
  name: 'x-obc-exclude-external-api-operation',
  in: 'header',
  value: 'true',
  at: 'bank',
  as: [],
};
const ip = 'x-fapi-customer-ip-address';
const ipAt = (at: NonNullable<Part['at']>): Part => ({ name: ip, in: 'header', value: '203.0.113.7', at });
const ipUnheard: Part = {
  name: ip,
  in: 'header',
  value: '203.0.113.7',
  documented: `\`${ip}\` on the deletion of a payment consent`,
};
const differs = 'payment-differs-from-consent';
const v3Context = 'ExternalApiRequest.Risk.V3PaymentContextCode';
const misspelt = 'ExternalApiRequest.Risk.ContractPresentInidicator';

const statement = {
  ...{ OrganisationId: 'org', SoftwareId: 'software', SandboxEnvironment: true },
  ...{ DefaultObWacCertificateId: consentId, DefaultObSealCertificateId: consentId },
  ...{ DefaultQueryRedirectUrl: 'https://a.example/q', DefaultFragmentRedirectUrl: 'https://a.example/f' },
};
const statementDefaults: Part[] = [
  { name: 'DefaultObWacCertificateId', value: registrationId, at: 'answer.DefaultObWacCertificateId' },
  { name: 'DefaultObSealCertificateId', value: registrationId, at: 'answer.DefaultObSealCertificateId' },
  { name: 'DefaultQueryRedirectUrl', value: 'https://b.example/', at: 'answer.DefaultQueryRedirectUrl' },
  {
    name: 'DefaultFragmentRedirectUrl',
    value: 'https://b.example/',
    at: 'answer.DefaultFragmentRedirectUrl',
  },
];

const adopted = { ExternalApiId: 'client-1', ExternalApiSecret: 's' };
const registration: Request = {
  operation: 'POST /manage/bank-registrations',
  path: '/manage/bank-registrations',
  body: { BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: statementId },
  parts: [
    { name: 'BankProfile', value: 'Sandbox_Query', at: 'record.bankProfile' },
    { name: 'SoftwareStatementId', value: unknownId, refused: 'not-found' },
    { name: 'RegistrationScope', value: 'PaymentInitiation', at: 'record.registrationScope' },
    { name: 'DefaultFragmentRedirectUri', value: 'https://a/', at: 'record.defaultFragmentRedirectUri' },
    { name: 'DefaultQueryRedirectUri', value: 'https://a/', at: 'record.defaultQueryRedirectUri' },
    { name: 'RedirectUris', value: ['https://a/'], at: 'record.redirectUris' },
    { name: 'ExternalApiId', value: 'client-1', at: 'record.externalApiId', beside: adopted },
    { name: 'ExternalApiSecret', value: 's', at: 'record.externalApiSecret', beside: adopted },
    {
      ...{ name: 'ExternalApiSecretFromSecrets', value: secret, beside: { ExternalApiId: 'client-1' } },
      ...{ at: 'record.externalApiSecretFromSecrets', as: { source: 'File', name: 'a key' } },
    },
    { name: 'RegistrationAccessToken', value: 't', at: 'record.registrationAccessToken', beside: adopted },
    {
      ...{ name: 'RegistrationAccessTokenFromSecrets', value: secret, beside: adopted },
      ...{ at: 'record.registrationAccessTokenFromSecrets', as: { source: 'File', name: 'a key' } },
    },
    { name: 'UseSimulatedBank', value: true, at: 'record.useSimulatedBank' },
    { name: 'AispUseV4', value: false, at: 'record.aispUseV4' },
    { name: 'PispUseV4', value: false, at: 'record.pispUseV4' },
    { name: 'VrpUseV4', value: false, at: 'record.vrpUseV4' },
    { name: 'CbpiiUseV4', value: false, at: 'record.cbpiiUseV4' },
    ...entity,
  ],
};

const imported = {
  ExternalApiId: 'c',
  AuthContext: { State: 's', Nonce: 'n', CodeVerifier: 'v', ModifiedBy: 'm' },
};
const consentParts: Part[] = [
  { name: 'BankRegistrationId', value: unknownId, refused: 'not-found' },
  { name: 'ExternalApiUserId', value: 'user-1', at: 'record.externalApiUserId' },
  ...entity,
  ipAt('record.customerIpAddress'),
];
const accountConsent = {
  Data: {
    ...accountConsentRequest().Data,
    TransactionToDateTime: '2026-11-20T00:00:00+00:00',
    SupplementaryData: { any: 'thing' },
  },
  Risk: {},
};
const accountAccess = '/aisp/account-access-consents';
const paymentConsents = '/pisp/domestic-payment-consents';
const payments = '/pisp/domestic-payments';
const { Initiation } = fullPaymentConsent().Data;
const order = { Data: { ConsentId: '', Initiation }, Risk: fullPaymentConsent().Risk };

const oneAccount = 'accounts/{externalApiAccountId}';
const oneStatement = `${oneAccount}/statements/{externalApiStatementId}`;
const reads = ['accounts', oneAccount]
  .concat(['balances', 'direct-debits', 'standing-orders', 'party', 'transactions', 'monzo-pots'])
  .concat(
    ['balances', 'direct-debits', 'standing-orders', 'party', 'parties'].map(
      (each) => `${oneAccount}/${each}`,
    ),
  )
  .concat(`${oneAccount}/transactions`, `${oneStatement}/transactions`)
  .map((name): Request => {
    const query = (parameter: string): Part => ({
      ...{ name: parameter, in: 'query', value: '2026-01-01', at: 'bank.0.query' },
      as: `${parameter}=2026-01-01`,
    });
    return {
      operation: `GET /aisp/${name}`,
      path: `/aisp/${name.replaceAll(/\{\w+\}/g, 'a')}`,
      headers: { 'x-obc-account-access-consent-id': consentId },
      parts: [
        { name: 'x-obc-account-access-consent-id', in: 'header', value: unknownId, at: 'bank.0.consentId' },
        ipAt('bank.0.customerIpAddress'),
        query('page'),
        ...(/(^|Id\})\/?transactions$/.test(name) && !name.startsWith(oneStatement)
          ? ['fromBookingDateTime', 'toBookingDateTime'].map(query)
          : []),
      ],
    };
  });

const ownConsent = (path: string, idName: string, deleteParts: Part[]): Request[] => [
  {
    operation: `GET ${path}/{${idName}}`,
    path: `${path}/${consentId}`,
    parts: [exclude, ipAt('bank.0.customerIpAddress')],
  },
  { operation: `DELETE ${path}/{${idName}}`, path: `${path}/${consentId}`, parts: deleteParts },
];
const authContext = (path: string, idMember: string): Request => ({
  ...{ operation: `POST ${path}`, path, body: { [idMember]: consentId } },
  parts: [
    { name: idMember, value: unknownId, refused: 'not-found' },
    { name: 'State', value: 'my-state', at: 'record.state' },
    ...entity,
  ],
});
const authorise = (path: string, idName: string): Request => ({
  operation: `GET ${path}/{${idName}}/auth`,
  path: `${path}/${consentId}/auth`,
  parts: [
    { name: 'reference', in: 'header', value: 'mine', at: 'record.reference' },
    { name: 'x-obc-modified-by', in: 'header', value: 'me', at: 'record.createdBy' },
  ],
});

const cookie: Part = {
  ...{ name: 'cookie', in: 'header', value: '__Host-Session-Id=another', refused: 'app-session-mismatch' },
};
const form = { state: 'state-1', code: 'c', id_token: 't' };
const returned: Part[] = [
  { name: 'state', value: 'other', refused: 'auth-context-not-found' },
  { name: 'code', value: 'another', at: 'record.code' },
  { name: 'id_token', value: 'another', at: 'record.id_token' },
  { name: 'error', value: 'access_denied', refused: 'authorisation-refused' },
  { name: 'response_mode', value: 'form_post', refused: 'response-mode-mismatch' },
  { name: 'redirect_uri', value: 'https://b.example/', refused: 'redirect-uri-mismatch' },
];

export const referenceRequests: Request[] = [
  {
    operation: 'POST /manage/obwac-certificates',
    path: '/manage/obwac-certificates',
    body: { AssociatedKey: secret, Certificate: certificate },
    parts: [
      ...source('AssociatedKey', 'record.associatedKey'),
      { name: 'Certificate', value: 'no certificate', refused: 'certificate-refused' },
      ...entity,
    ],
  },
  {
    operation: 'POST /manage/obseal-certificates',
    path: '/manage/obseal-certificates',
    body: { AssociatedKeyId: 'kid', AssociatedKey: secret, Certificate: certificate },
    parts: [
      { name: 'AssociatedKeyId', value: 'kid-2', at: 'record.associatedKeyId' },
      ...source('AssociatedKey', 'record.associatedKey'),
      { name: 'Certificate', value: 'no certificate', refused: 'certificate-refused' },
      ...entity,
    ],
  },
  {
    operation: 'POST /manage/encryption-key-descriptions',
    path: '/manage/encryption-key-descriptions',
    body: { Key: secret },
    parts: [
      ...source('Key', 'record.key'),
      { name: 'SetAsCurrentEncryptionKey', value: true, at: 'record.isCurrent' },
      ...entity,
    ],
  },
  {
    operation: 'POST /manage/software-statements',
    path: '/manage/software-statements',
    body: statement,
    parts: [
      { name: 'OrganisationId', value: 'another', at: 'record.organisationId' },
      { name: 'SoftwareId', value: 'another', at: 'record.softwareId' },
      { name: 'SandboxEnvironment', value: false, at: 'record.sandboxEnvironment' },
      ...statementDefaults,
      ...entity,
    ],
  },
  {
    operation: 'PUT /manage/software-statements/{softwareStatementId}',
    path: `/manage/software-statements/${statementId}`,
    body: {},
    parts: statementDefaults,
  },
  registration,
  {
    operation: 'GET /manage/bank-registrations/{bankRegistrationId}',
    path: `/manage/bank-registrations/${registrationId}`,
    parts: [exclude],
  },
  {
    operation: 'DELETE /manage/bank-registrations/{bankRegistrationId}',
    path: `/manage/bank-registrations/${registrationId}`,
    headers: { [exclude.name]: 'false' },
    parts: [{ ...exclude, at: 'journey.1.atBank', as: false }],
  },
  {
    operation: `POST ${accountAccess}`,
    path: accountAccess,
    body: { BankRegistrationId: registrationId, TemplateRequest: { Type: 'MaximumPermissions' } },
    parts: [
      ...consentParts,
      {
        ...{ name: 'ExternalApiObject', value: imported, at: 'record.imported' },
        as: { externalApiId: 'c', authorised: { nonce: 'n', modifiedBy: 'm', modified: undefined } },
      },
      ...['State', 'CodeVerifier'].map((name) => ({
        ...{
          name: `ExternalApiObject.AuthContext.${name}`,
          value: 'x',
          beside: { ExternalApiObject: imported },
        },
        documented: '`State`, `CodeVerifier` of an imported `AuthContext`',
      })),
      { name: 'ExternalApiRequest', value: accountConsent, at: 'body' },
      { name: 'TemplateRequest.Type', value: 'Minimum', refused: 'validation-failed' },
      { name: 'TemplateRequest.Parameters', value: 5, refused: 'validation-failed' },
    ],
  },
  ...ownConsent(accountAccess, 'accountAccessConsentId', [
    { ...exclude, at: 'journey.1.atBank', as: false },
    ipAt('record.customerIpAddress'),
  ]),
  authContext('/aisp/account-access-consent-auth-contexts', 'AccountAccessConsentId'),
  authorise(accountAccess, 'accountAccessConsentId'),
  ...reads,
  {
    operation: `POST ${paymentConsents}`,
    path: paymentConsents,
    body: { BankRegistrationId: registrationId, ExternalApiRequest: paymentConsentRequest('v4.0') },
    parts: [
      ...consentParts,
      { name: 'ExternalApiObject', value: imported, refused: 'validation-failed' },
      { name: 'ExternalApiRequest', value: fullPaymentConsent(), at: 'body' },
      { name: v3Context, value: 'BillPayment', refused: 'validation-failed' },
      { name: misspelt, value: true, refused: 'validation-failed' },
    ],
  },
  ...ownConsent(paymentConsents, 'domesticPaymentConsentId', [ipUnheard]),
  {
    operation: `GET ${paymentConsents}/{domesticPaymentConsentId}/funds-confirmation`,
    path: `${paymentConsents}/${consentId}/funds-confirmation`,
    parts: [ipAt('bank.0.customerIpAddress')],
  },
  authContext('/pisp/domestic-payment-consent-auth-contexts', 'DomesticPaymentConsentId'),
  authorise(paymentConsents, 'domesticPaymentConsentId'),
  {
    operation: `POST ${payments}`,
    path: payments,
    body: { DomesticPaymentConsentId: consentId, ExternalApiRequest: order },
    parts: [
      { name: 'DomesticPaymentConsentId', value: unknownId, refused: 'not-found' },
      { name: 'ExternalApiRequest.Data.ConsentId', value: 'another', refused: differs },
      { name: 'ExternalApiRequest.Data.Initiation.LocalInstrument', value: 'x', refused: differs },
      { name: 'ExternalApiRequest.Risk.MerchantCategoryCode', value: '5412', refused: differs },
      { name: v3Context, value: 'BillPayment', refused: differs },
      { name: misspelt, value: true, refused: 'validation-failed' },
      { name: 'ModifiedBy', value: 'me', at: 'record.modifiedBy' },
      ipAt('record.customerIpAddress'),
    ],
  },
  {
    operation: `GET ${payments}/{externalApiId}`,
    path: `${payments}/bank-1`,
    headers: { 'x-obc-bank-registration-id': registrationId },
    parts: [
      { name: 'x-obc-bank-registration-id', in: 'header', value: unknownId, refused: 'not-found' },
      { name: 'x-obc-use-v4-external-api', in: 'header', value: 'false', at: 'bank.0.useV4', as: false },
      { name: 'x-obc-use-v4-external-api', in: 'header', value: 'maybe', refused: 'validation-failed' },
      ipAt('bank.0.customerIpAddress'),
    ],
  },
  {
    operation: 'GET /auth/query-redirect',
    path: '/auth/query-redirect',
    query: form,
    parts: [...returned.slice(0, 4).map((part): Part => ({ ...part, in: 'query' })), cookie],
  },
  {
    operation: 'POST /auth/redirect-delegate',
    path: '/auth/redirect-delegate',
    body: form,
    parts: [
      ...returned,
      { name: 'app_session_id', value: 'another', refused: 'app-session-mismatch' },
      { name: 'modified_by', value: 'me', at: 'record.modified_by' },
    ],
  },
  {
    operation: 'POST /auth/fragment-redirect-delegate',
    path: '/auth/fragment-redirect-delegate',
    body: form,
    parts: [
      ...returned,
      cookie,
      { name: 'modified_by', value: 'me', documented: '`modified_by`, `app_session_id` of a browser' },
      { name: 'app_session_id', value: 'x', documented: '`modified_by`, `app_session_id` of a browser' },
    ],
  },
];
