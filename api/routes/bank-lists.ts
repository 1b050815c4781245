// Lists of what hangs on a bank: registrations, consents, payments. What is under way or has failed is in them, with
// what is known of it and, as `Problem`, what its own GET says.
import type { z } from 'zod';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import type { Consent } from '../../store/consents.ts';
import type { RegistrationListRequest } from '../../store/registration-list.ts';
import type { BankRegistration } from '../../store/registrations.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import { paymentFamilies } from '../../workflows/contracts/payment.ts';
import { confirmationEndingAtMs } from '../../workflows/contracts/reconfirmation.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps, BankProfiles } from '../deps.ts';
import { addList, membersOrProblem } from '../list.ts';
import type { Api } from '../operation.ts';
import { Problem, problemOfRecordedFailure } from '../problem.ts';
import * as schemas from '../schemas/lists.ts';
import { consentIdMember } from '../schemas/payments.ts';
import { entityMembers } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { consentMembers, knownMembers } from './consent-members.ts';
import { listedPayment } from './listed-payment.ts';
import { registrationMembers } from './registration-members.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankProfiles'>;

export function addBankLists(api: Api, { records, bankProfiles }: Deps): void {
  const query = schemas.BankListQuery;
  const request = (given: z.output<typeof query>) => bankListRequest(given, bankProfiles);

  addList(api, {
    path: '/manage/bank-registrations',
    name: 'BankRegistration',
    tag: 'Management',
    query,
    item: schemas.ListedBankRegistration,
    load: (given) => records.registrations.listPage(tenantOf(), request(given)),
    members: listedRegistration,
  });
  addList(api, {
    ...consentList('account-access'),
    query: schemas.AccountAccessConsentListQuery,
    item: schemas.ListedAccountAccessConsent,
    load: ({ reconfirmationDueBefore: due, ...given }) =>
      records.consents.listPage(tenantOf(), {
        ...{ family: 'account-access', ...request(given) },
        confirmedBefore: due && new Date(confirmationEndingAtMs(due.getTime())),
      }),
  });
  const addConsents = (family: ConsentFamily, item: z.ZodType) =>
    addList(api, {
      ...consentList(family),
      ...{ query, item },
      load: (given) => records.consents.listPage(tenantOf(), { family, ...request(given) }),
    });
  addConsents('funds-confirmation', schemas.ListedFundsConfirmationConsent);
  for (const family of paymentFamilies) {
    const { name, create } = paymentFamilyFacts[family];
    addConsents(family, schemas.listedPayments[family].consent);
    addList(api, {
      ...{ path: `/pisp${create.path}`, name, tag: consentFamilies[family].tag },
      ...{ query, item: schemas.listedPayments[family].payment },
      load: (given) => records.payments.listPage(tenantOf(), { family, ...request(given) }),
      members: (payment) => listedPayment(payment, { [consentIdMember(family)]: payment.consentId }),
    });
  }
}

/** @throws {Problem} when there is no such bank: an empty list would say that it has nothing */
export function bankListRequest<Given extends z.output<typeof schemas.BankListQuery>>(
  { bank, ...rest }: Given,
  profiles: BankProfiles,
): Omit<Given, 'bank'> & Pick<RegistrationListRequest, 'bankProfile'> {
  if (bank === undefined) return rest;
  const bankProfile = profiles.find(bank)?.name;
  if (bankProfile !== undefined) return { ...rest, bankProfile };
  const nearest = profiles.nearest(bank);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new Problem('validation-failed', { errors: { bank: [`is not known${hint}`] } });
}

function listedRegistration(registration: BankRegistration): Record<string, unknown> {
  // What was asked for and decided by ourselves; the rest is what the bank makes of it.
  const known = {
    ...entityMembers(registration),
    SoftwareStatementId: registration.softwareStatementId,
    BankProfile: registration.bankProfile,
    BankGroup: registration.bankGroup,
    UseSimulatedBank: registration.requested.useSimulatedBank === true,
    AispUseV4: registration.aispUseV4,
    PispUseV4: registration.pispUseV4,
    VrpUseV4: registration.vrpUseV4,
    CbpiiUseV4: registration.cbpiiUseV4,
  };
  return membersOrProblem(known, () => {
    if (registration.failure !== null) throw problemOfRecordedFailure(registration.failure);
    return registrationMembers(registration);
  });
}

function consentList(family: ConsentFamily) {
  const { path, type, tag } = consentFamilies[family];
  return { path, name: type, tag, members: listedConsent };
}

function listedConsent(consent: Consent): Record<string, unknown> {
  return membersOrProblem(knownMembers(consent), () => consentMembers(consent));
}
