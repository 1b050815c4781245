// What webhooks are told of consents and payments whose status changes, as parts of the statements that change it.
import type { EventData } from '../notifications/catalogue.ts';
import type { ConsentStatus } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentStatus } from '../workflows/contracts/payment.ts';
import type { Outbox } from './outbox.ts';
import type { Db, Part } from './sql.ts';

type ToldConsentStatus = EventData<'consent.status-changed'>['Status'];

export interface StatusEvents {
  /** Told once per row of `of (tenant)`, which the statement has to define first. */
  consentChanged(tenant: TenantId, of: Part, id: string, status: ConsentStatus): Promise<Part>;
  paymentChanged(
    tenant: TenantId,
    of: Part,
    id: string,
    status: PaymentStatus,
    bankStatus?: string,
  ): Promise<Part>;
}

interface Facts {
  consentId: string;
  family: string;
  bankProfile: string;
  created: Date;
  /** Of the payment in one request that it is part of. */
  journeyId: string | null;
}

/** A status code, and nothing that only a strange bank would say. */
const plainCode = /^\w{1,40}$/;

export function createStatusEvents(db: Db, outbox: Outbox): StatusEvents {
  /** What never changes, so that it may be read before the statement. */
  async function factsOf(from: Part, tenant: TenantId, id: string): Promise<Facts | undefined> {
    const [facts] = await db<Facts>`
      SELECT consent.id AS consent_id, object.family, registration.bank_profile, object.created,
        journey.id AS journey_id
      FROM ${from}
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      LEFT JOIN payment_journey journey ON journey.tenant = consent.tenant AND journey.consent_id = consent.id
      WHERE object.tenant = ${tenant} AND object.id = ${id}`;
    return facts;
  }
  const nothing = () => db.part`untold AS (SELECT 1 AS one)`;
  const members = ({ consentId, family, bankProfile, created, journeyId }: Facts) => ({
    ...(journeyId === null ? {} : { PaymentJourneyId: journeyId }),
    ...{ ConsentId: consentId, Family: family, BankProfile: bankProfile, Created: created.toISOString() },
  });

  return {
    async consentChanged(tenant, of, id, status) {
      if (!isTold(status)) return nothing();
      const from = db.part`consent object JOIN consent ON consent.tenant = object.tenant AND consent.id = object.id`;
      const facts = await factsOf(from, tenant, id);
      if (facts === undefined) return nothing();
      const data = { ...members(facts), Status: status };
      return await outbox.tell(tenant, of, {
        type: 'consent.status-changed',
        resourceId: id,
        journeyId: facts.journeyId,
        data,
      });
    },

    async paymentChanged(tenant, of, id, status, bankStatus = '') {
      if (status === 'submitting') return nothing();
      const from = db.part`
        payment object JOIN consent ON consent.tenant = object.tenant AND consent.id = object.consent_id`;
      const facts = await factsOf(from, tenant, id);
      if (facts === undefined) return nothing();
      const said = plainCode.test(bankStatus) ? { BankStatus: bankStatus } : {};
      const data = { PaymentId: id, ...members(facts), Status: status, ...said };
      return await outbox.tell(tenant, of, {
        type: 'payment.status-changed',
        resourceId: id,
        journeyId: facts.journeyId,
        data,
      });
    },
  };
}

function isTold(status: ConsentStatus): status is ToldConsentStatus {
  switch (status) {
    case 'creating':
    case 'awaiting-upload':
    case 'awaiting-authorisation':
      return false;
    default:
      status satisfies ToldConsentStatus;
      return true;
  }
}
