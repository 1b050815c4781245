// Bank registrations: which client of which bank, and what the bank made of it.
import { z } from '@hono/zod-openapi';
import { registrationResponse } from '../../standards/uk-open-banking/client-registration.ts';
import {
  entityRequest,
  entityResponse,
  id,
  optionalText,
  requiredText,
  SecretDescription,
} from './shared.ts';

const scope = z.enum([
  'None',
  'AccountAndTransaction',
  'PaymentInitiation',
  'AccountAndTransactionPlusPaymentInitiation',
  'FundsConfirmation',
  'All',
]);

export const BankRegistration = z
  .object({
    BankProfile: requiredText,
    SoftwareStatementId: id,
    RegistrationScope: scope.nullish().refine((value) => value !== 'None', 'must contain at least one API'),
    DefaultFragmentRedirectUri: z.url().nullish(),
    DefaultQueryRedirectUri: z.url().nullish(),
    RedirectUris: z.array(z.url()).min(1).nullish(),
    ExternalApiId: optionalText,
    ExternalApiSecret: optionalText,
    ExternalApiSecretFromSecrets: SecretDescription.nullish(),
    RegistrationAccessToken: optionalText,
    RegistrationAccessTokenFromSecrets: SecretDescription.nullish(),
    UseSimulatedBank: z.boolean().nullish(),
    AispUseV4: z.boolean().nullish(),
    PispUseV4: z.boolean().nullish(),
    VrpUseV4: z.boolean().nullish(),
    CbpiiUseV4: z.boolean().nullish(),
    ...entityRequest,
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', path: [path], message, input: undefined });
    for (const name of ['DefaultFragmentRedirectUri', 'DefaultQueryRedirectUri'] as const) {
      const uri = value[name] ?? undefined;
      if (uri !== undefined && value.RedirectUris?.includes(uri) === false)
        refuse(name, 'must be in RedirectUris');
    }
    for (const name of ['ExternalApiSecret', 'RegistrationAccessToken'] as const) {
      if (value[name] == null) continue;
      if (value[`${name}FromSecrets`] != null)
        refuse(name, `must not be given together with ${name}FromSecrets`);
      if (value.ExternalApiId == null) refuse(name, 'is of use only with ExternalApiId');
    }
  })
  .openapi('BankRegistration');

/** What is left out stays as it is. */
export const BankRegistrationUpdate = z
  .strictObject({
    DefaultFragmentRedirectUri: z.url().nullish(),
    DefaultQueryRedirectUri: z.url().nullish(),
    RedirectUris: z.array(z.url()).min(1).nullish(),
    AispUseV4: z.boolean().nullish(),
    PispUseV4: z.boolean().nullish(),
    VrpUseV4: z.boolean().nullish(),
    CbpiiUseV4: z.boolean().nullish(),
  })
  .openapi('BankRegistrationUpdate');

export const BankRegistrationResponse = z
  .object({
    ExternalApiResponse: registrationResponse
      .omit({ client_secret: true, registration_access_token: true })
      .optional(),
    SoftwareStatementId: z.string().openapi({ format: 'uuid' }),
    BankProfile: z.string(),
    BankGroup: z.string(),
    ExternalApiId: z.string(),
    TokenEndpointAuthMethod: z.enum([
      'ClientSecretBasic',
      'ClientSecretPost',
      'PrivateKeyJwt',
      'TlsClientAuth',
    ]),
    JwksUri: z.string(),
    TokenEndpoint: z.string(),
    AuthorizationEndpoint: z.string(),
    RegistrationEndpoint: z.string().optional(),
    RegistrationScope: scope,
    DefaultFragmentRedirectUri: z.string(),
    DefaultQueryRedirectUri: z.string(),
    RedirectUris: z.array(z.string()),
    UseSimulatedBank: z.boolean(),
    AispUseV4: z.boolean(),
    PispUseV4: z.boolean(),
    VrpUseV4: z.boolean(),
    CbpiiUseV4: z.boolean(),
    ...entityResponse,
  })
  .openapi('BankRegistrationResponse');
