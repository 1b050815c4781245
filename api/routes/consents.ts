// Consents of every family: created by a journey, read at the bank, deleted by the same journey.
import { z } from 'zod';
import type { WrittenResource } from '../../bank-profiles/write-request.ts';
import { consentStanding } from '../../standards/uk-open-banking/consent-standing.ts';
import type { Consent } from '../../store/consents.ts';
import type { BankRegistration } from '../../store/registrations.ts';
import { JourneyClosed } from '../../temporal/journeys.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import { bankRequest } from '../bank-request.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { drivenByJourney, inTime } from '../driven-by-journey.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { importedRecord, keepImportedTokens } from '../import-consent.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { ImportedConsent } from '../schemas/consents.ts';
import {
  BaseResponse,
  customerIp,
  customerIpHeader,
  entityValues,
  excludeBankOptional,
  excludeHeader,
  id,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { consentMembers, recordedId } from './consent-members.ts';
import { refuseUnlessDeleted } from './managed-objects.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles' | 'clock'>;

/** What the requests of all families have in common. */
interface ConsentBody {
  BankRegistrationId: string;
  ExternalApiUserId?: string | null | undefined;
  Reference?: string | null | undefined;
  CreatedBy?: string | null | undefined;
}

export interface ConsentRoutes<Body extends z.ZodType<ConsentBody>> {
  family: ConsentFamily;
  resource: WrittenResource;
  body: Body;
  response: z.ZodType;
  useV4(registration: BankRegistration): boolean;
  /** What is taken over, where the bank has the consent already. */
  imported?(body: z.output<Body>): ImportedConsent | null | undefined;
  /** What the bank is to be asked, in version 4. */
  bankRequest(body: z.output<Body>, registration: BankRegistration): unknown;
}

export async function consentOf(
  records: Deps['records'],
  family: ConsentFamily,
  consentId: string | undefined,
): Promise<Consent> {
  const consent = consentId === undefined ? undefined : await records.consents.find(tenantOf(), consentId);
  if (consent?.family !== family) throw new Problem('not-found');
  return consent;
}

/**
 * An account-access consent is read as its registration says now, a payment consent as it was made. One to ask about funds may
 * go from version 3 to 4 with its registration, and never back. Undefined: as its registration says.
 */
function readVersion({ family, createdWithV4 }: Consent): boolean | undefined {
  switch (family) {
    case 'account-access':
      return undefined;
    case 'funds-confirmation':
      return createdWithV4 || undefined;
    default:
      family satisfies PaymentFamily;
      return createdWithV4;
  }
}

export function addConsentRoutes<Body extends z.ZodType<ConsentBody>>(
  api: Api,
  deps: Deps,
  routes: ConsentRoutes<Body>,
): void {
  const { records, journeys, bankReads, clock } = deps;
  const { family, resource } = routes;
  const { type, tag, path, idName, readEndpoint, isDeletedAtBank } = consentFamilies[family];
  const params = z.object({ [idName]: id });
  const onePath: `/${string}` = `${path}/{${idName}}`;
  const referenceTo = ({ id: consentId, bankProfile }: Consent) => ({
    tenant: tenantOf(),
    consentId,
    family,
    bank: bankProfile,
  });

  addOperation(
    api,
    {
      method: 'post',
      path,
      id: `Create${type}`,
      summary: 'Create a consent at the bank',
      tag,
      headers: z.object({ ...idempotencyKey, ...customerIp }),
      body: routes.body,
      status: 201,
      response: routes.response,
    },
    async ({ body, headers, text }, c) => {
      const registration = await records.registrations.find(tenantOf(), body.BankRegistrationId);
      if (registration === undefined) {
        throw new Problem('not-found', { errors: { BankRegistrationId: ['is not known'] } });
      }
      if (registration.status !== 'registered') throw new Problem('registration-not-usable');
      const imported = routes.imported?.(body) ?? undefined;
      const asked = imported === undefined ? routes.bankRequest(body, registration) : undefined;
      // Whether the bank can be asked that is known now; it is written anew by the step that asks.
      if (asked !== undefined)
        bankRequest(deps, registration.bankProfile, resource, routes.useV4(registration), asked);
      const request = { operation: `Create${type}`, key: headers[idempotencyHeader], text };
      const consentId = await idOfCreated(records.idempotency, tenantOf(), request);
      await records.consents.insert(tenantOf(), {
        id: consentId,
        family,
        bankRegistrationId: registration.id,
        externalApiUserId: body.ExternalApiUserId ?? null,
        requestBody: asked === undefined ? undefined : JSON.stringify(asked),
        permissions: consentStanding(asked).permissions ?? null,
        imported: imported && importedRecord(imported, clock.now()),
        // As in the reference: which version it was made in is not known.
        useV4: imported === undefined && routes.useV4(registration),
        customerIpAddress: headers[customerIpHeader],
        ...entityValues(body),
      });
      if (imported !== undefined) await keepImportedTokens(deps, consentId, imported);
      const isImported = imported !== undefined;
      const reference = { tenant: tenantOf(), consentId, family, bank: registration.bankProfile };
      const consent = await drivenByJourney({
        load: () => records.consents.find(tenantOf(), consentId),
        isDone: ({ externalApiId, status }) => externalApiId !== null && status !== 'creating',
        drive: () => journeys.createConsent(isImported ? { ...reference, isImported } : reference),
        inProgress: 'consent-in-progress',
      });
      const answer = await records.consents.findBankResponse(tenantOf(), consent.id);
      const ownUrl = `${withoutQuery(c.req.url)}/${consent.id}`;
      const createdId = recordedId(consent);
      const bank = answer && externalApiMembers(answer, { ownUrl, allowQuery: false, createdId });
      return c.json(withoutNulls({ ...consentMembers(consent), ...bank }), 201, {
        location: `${path}/${consent.id}`,
      });
    },
  );

  addOperation(
    api,
    {
      method: 'get',
      path: onePath,
      id: `Get${type}`,
      summary: 'Read a consent, at the bank too unless that is excluded',
      tag,
      params,
      headers: z.object({ ...excludeBankOptional, ...customerIp }),
      status: 200,
      response: routes.response,
    },
    async ({ params: found, headers }, c) => {
      const consent = await consentOf(records, family, found[idName]);
      if (headers[excludeHeader]) return c.json(withoutNulls(consentMembers(consent)));
      const answer = await bankReads.readAsClient(tenantOf(), {
        bankRegistrationId: consent.bankRegistrationId,
        endpoint: readEndpoint,
        params: { ConsentId: recordedId(consent) },
        query: '',
        customerIpAddress: headers[customerIpHeader],
        useV4: readVersion(consent),
      });
      await records.consents.recordSeenAtBank(tenantOf(), consent.id, consentStanding(answer.body));
      const members = consentMembers(await consentOf(records, family, consent.id));
      const bank = externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false });
      return c.json(withoutNulls({ ...members, ...bank }));
    },
  );

  addOperation(
    api,
    {
      method: 'delete',
      path: onePath,
      id: `Delete${type}`,
      summary: isDeletedAtBank
        ? 'Delete a consent, at the bank first unless that is excluded'
        : 'Forget a consent',
      tag,
      params,
      headers: z.object({ ...(isDeletedAtBank ? excludeBankOptional : {}), ...customerIp }),
      status: 200,
      response: BaseResponse,
    },
    async ({ params: found, headers }, c) => {
      const consent = await consentOf(records, family, found[idName]);
      const excluded = new Map<string, unknown>(Object.entries(headers)).get(excludeHeader) === true;
      // What the bank never recorded cannot be deleted there.
      const atBank = isDeletedAtBank && !excluded && consent.externalApiId !== null;
      if (atBank) {
        const customerIpAddress = headers[customerIpHeader];
        await records.consents.recordDeletionAsked(tenantOf(), consent.id, { customerIpAddress });
      }
      try {
        await inTime('deletion-in-progress', journeys.deleteConsent(referenceTo(consent), { atBank }));
      } catch (error) {
        // A consent that has come to its end has no journey left, and nothing at the bank to be ended.
        if (!(error instanceof JourneyClosed)) throw error;
        refuseUnlessDeleted(await records.consents.softDelete(tenantOf(), consent.id));
      }
      return c.json({});
    },
  );
}
