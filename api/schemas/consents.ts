// Consents of every family, and the attempts of customers to authorise them.
import { z } from '@hono/zod-openapi';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import { OBReadConsent1 } from '../../standards/uk-open-banking/v4.0/generated/account-info.requests.ts';
import { OBFundsConfirmationConsent1 } from '../../standards/uk-open-banking/v4.0/generated/confirmation-funds.requests.ts';
import { consentTypes } from '../consent-families.ts';
import { permissionTemplateNames } from '../permission-templates.ts';
import { publishedAnswer } from './published-body.ts';
import {
  baseResponse,
  dateTime,
  ExternalApiResponseInfo,
  entityRequest,
  entityResponse,
  id,
  optionalText,
  requiredText,
} from './shared.ts';

const notImported = z
  .null()
  .optional()
  .openapi({ description: 'Only accesses to accounts can be imported.' });

export const ImportedConsent = z
  .object({
    ExternalApiId: z.string().min(1).max(128).openapi({ description: 'The id of the consent at the bank.' }),
    AuthContext: z
      .object({
        State: requiredText,
        Nonce: requiredText,
        CodeVerifier: optionalText,
        ModifiedBy: optionalText,
        Modified: z.iso
          .datetime({ offset: true })
          .nullish()
          .openapi({ description: 'When the customer authorised it: their 90 days begin then.' }),
        RefreshToken: requiredText
          .nullish()
          .openapi({ description: 'Of the same client; without it the customer has to authorise again.' }),
      })
      .nullish()
      .openapi({ description: 'Of its last authorisation, if there was one.' }),
  })
  .openapi('ExternalApiConsent');
export type ImportedConsent = z.output<typeof ImportedConsent>;

export const consentRequest = {
  BankRegistrationId: id,
  ExternalApiObject: notImported,
  ExternalApiUserId: optionalText,
  ...entityRequest,
};

export const AccountAccessConsentRequest = z
  .object({
    ...consentRequest,
    ExternalApiObject: ImportedConsent.nullish(),
    ExternalApiRequest: OBReadConsent1.nullish(),
    TemplateRequest: z
      .object({ Type: z.enum(permissionTemplateNames), Parameters: z.object({}).nullish() })
      .nullish(),
  })
  .refine(
    ({ ExternalApiObject, ExternalApiRequest, TemplateRequest }) =>
      ExternalApiObject != null || ExternalApiRequest != null || TemplateRequest != null,
    {
      path: ['ExternalApiRequest'],
      message: 'must be given, or TemplateRequest, or ExternalApiObject',
    },
  )
  .openapi('AccountAccessConsentRequest');

export const FundsConfirmationConsentRequest = z
  .object({ ...consentRequest, ExternalApiRequest: OBFundsConfirmationConsent1 })
  .openapi('FundsConfirmationConsentRequest');

export const consentResponse = {
  ...entityResponse,
  BankRegistrationId: z.string().openapi({ format: 'uuid' }),
  ExternalApiId: z.string(),
  ExternalApiUserId: z.string().optional(),
  AuthContextModified: dateTime,
  AuthContextModifiedBy: z.string().optional(),
  CreatedWithV4: z.boolean(),
  LastUsed: dateTime.optional().openapi({ description: 'When the bank was last asked under it.' }),
  Status: z.string().openapi({ description: 'Where its journey stands: see README.' }),
  ExternalApiStatus: z.string().optional().openapi({ description: 'What the bank said last.' }),
  ExternalApiStatusConfirmed: dateTime.optional().openapi({ description: 'When the bank said so.' }),
  ExternalApiResponseInfo: ExternalApiResponseInfo.optional(),
};

export const AccountAccessConsentResponse = z
  .object({
    ...consentResponse,
    Permissions: z.array(z.string()).optional(),
    ExpirationDateTime: dateTime.optional().openapi({ description: 'When the consent itself ends.' }),
    Reconfirmed: dateTime.optional(),
    ReconfirmationDue: dateTime
      .optional()
      .openapi({ description: 'Reads without the customer are refused from then on.' }),
    ReconfirmationReminded: dateTime.optional(),
    ExternalApiResponse: publishedAnswer(accountInformation.getAccountAccessConsent).optional(),
  })
  .openapi('AccountAccessConsentCreateResponse');

export const FundsConfirmationConsentResponse = z
  .object({
    ...consentResponse,
    ExternalApiResponse: publishedAnswer(confirmationOfFunds.getFundsConfirmationConsent).optional(),
  })
  .openapi('FundsConfirmationConsentCreateResponse');

export const ReconfirmationRequest = z.object(entityRequest).openapi('ReconfirmationRequest');

export const ReconfirmationResponse = z
  .object({
    ...entityResponse,
    AccountAccessConsentId: z.string().openapi({ format: 'uuid' }),
    ReconfirmationDue: dateTime,
  })
  .openapi('ReconfirmationResponse');

/** Printable characters only: a state travels in addresses. */
const state = z
  .string()
  .regex(/^[\x20-\x7e]{1,256}$/, 'must be 1 to 256 printable ASCII characters')
  .nullish();

export const authContextRequest = { State: state, ...entityRequest };
export const authContextResponse = { ...entityResponse, State: z.string() };
export const authContextCreated = {
  ...authContextResponse,
  AuthUrl: z.string().openapi({ format: 'uri' }),
  AppSessionId: z.string(),
};

export const RedirectForm = z
  .object({
    state: z.string().optional(),
    code: z.string().optional(),
    id_token: z.string().optional(),
    response: z.string().optional().openapi({ description: 'JARM: the signed response.' }),
    error: z.string().optional(),
    response_mode: z.string().optional(),
    redirect_uri: z.string().optional(),
    app_session_id: z.string().optional(),
    modified_by: z.string().max(1024).optional(),
  })
  .openapi('RedirectForm');

export const RedirectResponse = z
  .object({
    ConsentType: z.enum(consentTypes),
    ConsentId: z.string().openapi({ format: 'uuid' }),
    ...baseResponse,
  })
  .openapi('AuthContextUpdateAuthResultResponse');
