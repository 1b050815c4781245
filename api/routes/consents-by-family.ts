// What a consent of each family asks the bank for.
import { refuseBadDates } from '../consent-dates.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../operation.ts';
import { permissionsOfTemplate, refuseBadPermissions } from '../permission-templates.ts';
import * as schemas from '../schemas/consents.ts';
import { refuseContextOfVersion3 } from '../schemas/payment-risk.ts';
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
  addConsentRoutes(api, deps, {
    family: 'domestic-payment',
    resource: 'domesticPaymentConsent',
    body: schemas.DomesticPaymentConsentRequest,
    response: schemas.DomesticPaymentConsentResponse,
    useV4: ({ pispUseV4 }) => pispUseV4,
    bankRequest: ({ ExternalApiRequest }, { pispUseV4 }) => {
      refuseContextOfVersion3(ExternalApiRequest.Risk, pispUseV4);
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
