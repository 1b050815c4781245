// /manage/bank-registrations: created by a journey, read at the bank, deleted by the same journey.
import { z } from 'zod';
import type { BankRegistration } from '../../store/registrations.ts';
import { JourneyClosed, type RegistrationReference } from '../../temporal/journeys.ts';
import type { ApiDeps } from '../deps.ts';
import { drivenByJourney, inTime } from '../driven-by-journey.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem, problemOfRecordedFailure } from '../problem.ts';
import * as schemas from '../schemas/registrations.ts';
import {
  BaseResponse,
  entityValues,
  excludeBankOptional,
  excludeBankRequired,
  excludeHeader,
  id,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { refuseUnlessDeleted } from './managed-objects.ts';
import {
  refuseUnknownRedirect,
  registrationChange,
  registrationMembers,
  requestedRegistration,
  usableProfile,
  withoutSecrets,
} from './registration-members.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles'>;

const path = '/manage/bank-registrations';
const tag = 'Management';
const params = z.object({ bankRegistrationId: id });

export function addRegistrationRoutes(api: Api, deps: Deps): void {
  const { records, journeys, bankReads, bankProfiles } = deps;
  const referenceTo = ({ id: registrationId, bankProfile }: BankRegistration): RegistrationReference => ({
    tenant: tenantOf(),
    registrationId,
    bank: bankProfile,
  });

  addOperation(
    api,
    {
      method: 'post',
      path,
      id: 'CreateBankRegistration',
      summary: 'Register with a bank',
      tag,
      headers: z.object(idempotencyKey),
      body: schemas.BankRegistration,
      status: 201,
      response: schemas.BankRegistrationResponse,
    },
    async ({ body, headers, text }, c) => {
      const profile = usableProfile(bankProfiles, body);
      const statement = await records.softwareStatements.find(tenantOf(), body.SoftwareStatementId);
      if (statement === undefined) {
        throw new Problem('not-found', { errors: { SoftwareStatementId: ['is not known'] } });
      }
      const request = { operation: 'CreateBankRegistration', key: headers[idempotencyHeader], text };
      const registrationId = await idOfCreated(records.idempotency, tenantOf(), request);
      await records.registrations.insertRequested(tenantOf(), {
        id: registrationId,
        ...requestedRegistration(body, profile),
        ...entityValues(body),
      });
      const registration = await drivenByJourney({
        load: () => records.registrations.find(tenantOf(), registrationId),
        isDone: ({ client }) => client !== null,
        drive: () => journeys.registerClient({ tenant: tenantOf(), registrationId, bank: profile.name }),
        inProgress: 'registration-in-progress',
      });
      return c.json(withoutNulls(registrationMembers(registration)), 201, {
        location: `${path}/${registration.id}`,
      });
    },
  );

  async function registrationOf(registrationId: string): Promise<BankRegistration> {
    const registration = await records.registrations.find(tenantOf(), registrationId);
    if (registration === undefined) throw new Problem('not-found');
    return registration;
  }

  addOperation(
    api,
    {
      method: 'get',
      path: `${path}/{bankRegistrationId}`,
      id: 'GetBankRegistration',
      summary: 'Read a registration, at the bank too where the bank offers that',
      tag,
      params,
      headers: z.object(excludeBankOptional),
      status: 200,
      response: schemas.BankRegistrationResponse,
    },
    async ({ params: { bankRegistrationId }, headers }, c) => {
      const registration = await registrationOf(bankRegistrationId);
      if (registration.failure !== null) throw problemOfRecordedFailure(registration.failure);
      const members = registrationMembers(registration);
      const isOffered = bankProfiles.find(registration.bankProfile)?.registrationRead === true;
      if (headers[excludeHeader] || !isOffered) return c.json(withoutNulls(members));
      const { body } = await bankReads.readRegistration(tenantOf(), registration.id);
      return c.json(withoutNulls({ ...members, ExternalApiResponse: withoutSecrets(body) }));
    },
  );

  addOperation(
    api,
    {
      method: 'put',
      path: `${path}/{bankRegistrationId}`,
      id: 'UpdateBankRegistration',
      summary:
        'Change a registration: how it is used, and at the bank redirect addresses, certificate and statement',
      tag,
      params,
      headers: z.object(excludeBankOptional),
      body: schemas.BankRegistrationUpdate,
      status: 200,
      response: schemas.BankRegistrationResponse,
    },
    async ({ params: { bankRegistrationId }, headers, body }, c) => {
      const registration = await registrationOf(bankRegistrationId);
      if (registration.status !== 'registered') throw new Problem('registration-not-usable');
      const change = registrationChange(body);
      const isOffered = bankProfiles.find(registration.bankProfile)?.registrationUpdate === true;
      const excluded = headers[excludeHeader];
      refuseUnknownRedirect(registration, change);
      // An empty change tells the bank our present certificate and software statement.
      const concernsBank = 'redirectUris' in change || Object.keys(change).length === 0;
      if (concernsBank && !excluded && !isOffered) {
        throw new Problem('not-offered', { detail: 'This bank takes no changes of a client (PUT).' });
      }
      const atBank = concernsBank && !excluded;
      await inTime(
        'update-in-progress',
        journeys.updateRegistration(referenceTo(registration), { change, atBank }),
      );
      return c.json(withoutNulls(registrationMembers(await registrationOf(bankRegistrationId))));
    },
  );

  addOperation(
    api,
    {
      method: 'delete',
      path: `${path}/{bankRegistrationId}`,
      id: 'DeleteBankRegistration',
      summary: 'Delete a registration, at the bank too where the bank offers that',
      tag,
      params,
      headers: z.object(excludeBankRequired),
      status: 200,
      response: BaseResponse,
    },
    async ({ params: { bankRegistrationId }, headers }, c) => {
      const registration = await registrationOf(bankRegistrationId);
      const isOffered = bankProfiles.find(registration.bankProfile)?.registrationDelete === true;
      const atBank = isOffered && !headers[excludeHeader];
      try {
        const deletion = journeys.deleteRegistration(referenceTo(registration), { atBank });
        const { leftAtBank } = await inTime('deletion-in-progress', deletion);
        if (leftAtBank)
          return c.json({ Warnings: ['The client stays at the bank: another registration uses it.'] });
      } catch (error) {
        // A registration that failed has no journey left that could delete it, and nothing at the bank.
        if (!(error instanceof JourneyClosed)) throw error;
        refuseUnlessDeleted(await records.registrations.softDelete(tenantOf(), registration.id));
      }
      return c.json({});
    },
  );
}
