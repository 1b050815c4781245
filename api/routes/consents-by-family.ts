// What a consent of each family asks the bank for.
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { paymentFamilies } from '../../workflows/contracts/payment.ts';
import { refuseBadDates } from '../consent-dates.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../operation.ts';
import { permissionsOfTemplate, refuseBadPermissions } from '../permission-templates.ts';
import * as schemas from '../schemas/consents.ts';
import { refuseContextOfVersion3 } from '../schemas/payment-risk.ts';
import { paymentSchemas } from '../schemas/payments.ts';
import { addConsentRoutes } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles' | 'clock'>;

export function addConsentRoutesOfAllFamilies(api: Api, deps: Deps): void {
  addConsentRoutes(api, deps, {
    family: 'account-access',
    resource: 'accountAccessConsent',
    body: schemas.AccountAccessConsentRequest,
    response: schemas.AccountAccessConsentResponse,
    useV4: ({ aispUseV4 }) => aispUseV4,
    imported: ({ ExternalApiObject }) => ExternalApiObject,
    bankRequest: (body, { bankProfile }) => {
      const { ExternalApiRequest: asked, TemplateRequest: template } = body;
      const notOffered = deps.bankProfiles.find(bankProfile)?.permissionsNotOffered ?? [];
      if (asked == null) {
        const Permissions = permissionsOfTemplate(template?.Type ?? 'MaximumPermissions', notOffered);
        return { Data: { Permissions }, Risk: {} };
      }
      refuseBadPermissions(asked.Data.Permissions, notOffered);
      refuseBadDates(asked.Data, deps.clock.now());
      return asked;
    },
  });
  for (const family of paymentFamilies)
    addConsentRoutes(api, deps, {
      family,
      resource: paymentFamilyFacts[family].consentResource,
      body: paymentSchemas[family].consentRequest,
      response: paymentSchemas[family].consent,
      useV4: ({ pispUseV4 }) => pispUseV4,
      bankRequest: ({ ExternalApiRequest }, { pispUseV4 }) => {
        refuseContextOfVersion3(ExternalApiRequest, pispUseV4);
        return ExternalApiRequest;
      },
    });
  addConsentRoutes(api, deps, {
    family: 'funds-confirmation',
    resource: 'fundsConfirmationConsent',
    body: schemas.FundsConfirmationConsentRequest,
    response: schemas.FundsConfirmationConsentResponse,
    useV4: ({ cbpiiUseV4 }) => cbpiiUseV4,
    bankRequest: ({ ExternalApiRequest }) => {
      refuseBadDates(ExternalApiRequest.Data, deps.clock.now());
      return ExternalApiRequest;
    },
  });
}
