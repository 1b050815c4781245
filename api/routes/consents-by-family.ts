// What a consent of each family asks the bank for.
import { findPermissionViolations, permissions } from '../../standards/uk-open-banking/permissions.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../operation.ts';
import { Problem } from '../problem.ts';
import * as schemas from '../schemas/consents.ts';
import { refuseContextOfVersion3 } from '../schemas/payment-risk.ts';
import { addConsentRoutes } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles'>;

export function addConsentRoutesOfAllFamilies(api: Api, deps: Deps): void {
  addConsentRoutes(api, deps, {
    family: 'account-access',
    resource: 'accountAccessConsent',
    body: schemas.AccountAccessConsentRequest,
    response: schemas.AccountAccessConsentResponse,
    useV4: ({ aispUseV4 }) => aispUseV4,
    bankRequest: (body, { bankProfile }) => {
      if (body.ExternalApiRequest == null)
        return everything(deps.bankProfiles.find(bankProfile)?.permissionsNotOffered);
      refuseBadPermissions(body.ExternalApiRequest.Data.Permissions);
      return body.ExternalApiRequest;
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
    bankRequest: ({ ExternalApiRequest }) => ExternalApiRequest,
  });
}

/** The template `MaximumPermissions`: whatever there is to be asked for at this bank. */
function everything(notOffered: readonly string[] = []) {
  return {
    Data: { Permissions: permissions.filter((permission) => !notOffered.includes(permission)) },
    Risk: {},
  };
}

function refuseBadPermissions(asked: readonly string[]): void {
  const violations = findPermissionViolations(asked);
  if (violations.length === 0) return;
  const messages = violations.map(({ message }) => message);
  throw new Problem('permissions-refused', { errors: { 'ExternalApiRequest.Data.Permissions': messages } });
}
