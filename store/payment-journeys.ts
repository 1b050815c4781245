// Payments that were asked for in one request (`payment_journey`). How one stands is read off its consent and its payment:
// nobody writes it a second time.
import type { Clock } from '../clock.ts';
import type { ConsentStatus } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { PaymentFamily, PaymentStatus } from '../workflows/contracts/payment.ts';
import type { Entity, Stored } from './entity.ts';
import { type FailureColumn, openFailure, type RecordedFailure } from './failures.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';

export interface NewPaymentJourney extends Entity {
  consentId: string;
  /** Of the payment that is to be made; a record has the id of the one that was. */
  paymentId: string;
  /** Where the customer goes when the bank has sent them back. */
  returnUrl: string;
  /** Where the customer chooses the bank: what is to be asked of it. */
  open?: OpenPayment | undefined;
}

/** A payment that is at no bank yet. */
export interface OpenPayment {
  family: PaymentFamily;
  /** As of a consent, in version 4. */
  requestBody: string;
  externalApiUserId: string | null;
  customerIpAddress?: string | undefined;
}

export type OpenEnd = 'abandoned' | 'called-off';

export interface PaymentJourneyRecord extends Stored<Omit<NewPaymentJourney, 'open'>> {
  family: PaymentFamily;
  /** Null until the customer has chosen a bank. */
  bankProfile: string | null;
  bankRegistrationId: string | null;
  /** How it ended before a bank was chosen. */
  ended: OpenEnd | null;
  /** Null: it was cancelled. */
  consentStatus: ConsentStatus | null;
  /** Null: there is no payment yet. */
  paymentStatus: PaymentStatus | null;
  bankStatus: string | null;
  externalApiId: string | null;
  /** Of the payment; or of the consent, where it came to no payment. */
  failure: RecordedFailure | null;
}

type Row = Omit<PaymentJourneyRecord, 'returnUrl' | 'failure'> & {
  address: SealedColumn;
  consentFailure: FailureColumn | null;
  paymentFailure: FailureColumn | null;
  refusal: SealedColumn;
};

const ownerOf = (id: string): Owner => ({ kind: 'payment-journey', id });
const purpose = 'return-url';

export function createPaymentJourneys(db: Db, clock: Clock, sealed: SealedObjects) {
  async function findWhere(tenant: TenantId, condition: Part): Promise<PaymentJourneyRecord | undefined> {
    const [row] = await db<Row>`
      SELECT journey.id, journey.reference, journey.created_by, journey.created, journey.consent_id,
        coalesce(payment.id, journey.payment_id) AS payment_id, coalesce(consent.family, journey.family) AS family,
        registration.bank_profile, journey.ended,
        consent.bank_registration_id, CASE WHEN consent.deleted_at IS NULL THEN consent.status END AS consent_status,
        consent.failure AS consent_failure, payment.failure AS payment_failure, sealed(refusal) AS refusal,
        payment.status AS payment_status, payment.bank_status, payment.external_api_id, sealed(address) AS address
      FROM payment_journey journey
      LEFT JOIN consent ON consent.tenant = journey.tenant AND consent.id = journey.consent_id
      LEFT JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      LEFT JOIN payment ON payment.tenant = journey.tenant AND payment.consent_id = journey.consent_id
      LEFT JOIN encrypted_object address ON address.tenant = journey.tenant
        AND address.owner_kind = 'payment-journey' AND address.owner_id = journey.id AND address.purpose = ${purpose}
      LEFT JOIN encrypted_object refusal ON refusal.tenant = journey.tenant AND refusal.purpose = 'bank-refusal'
        AND refusal.owner_kind = CASE WHEN payment.id IS NULL THEN 'consent' ELSE 'payment' END
        AND refusal.owner_id = coalesce(payment.id, consent.id)
      WHERE journey.tenant = ${tenant} AND ${condition}`;
    if (row === undefined) return undefined;
    const { address, refusal, consentFailure, paymentFailure, ...journey } = row;
    const returnUrl = await sealed.open(tenant, ownerOf(journey.id), purpose, address);
    if (returnUrl === undefined)
      throw new Error('A payment journey is written together with its return URL.');
    const failing: [Owner, FailureColumn | null] =
      journey.paymentStatus === null
        ? [{ kind: 'consent', id: journey.consentId }, consentFailure]
        : [{ kind: 'payment', id: journey.paymentId }, paymentFailure];
    return { ...journey, returnUrl, failure: await openFailure(sealed, tenant, ...failing, refusal) };
  }

  return {
    /** Repeatable by id. */
    async insert(tenant: TenantId, values: NewPaymentJourney): Promise<void> {
      const { open } = values;
      const texts = {
        [purpose]: values.returnUrl,
        'request-body': open?.requestBody,
        'customer-ip-address': open?.customerIpAddress,
      };
      await db`
        WITH changed AS (
          INSERT INTO payment_journey
            (tenant, id, reference, created_by, created, consent_id, payment_id, family, external_api_user_id)
          VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
            ${values.consentId}, ${values.paymentId}, ${open?.family ?? null}, ${open?.externalApiUserId ?? null})
          ON CONFLICT (tenant, id) DO NOTHING
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(values.id), texts)}
        SELECT id FROM changed`;
    },

    /** Of a payment whose customer chooses the bank. */
    async findOpen(tenant: TenantId, id: string): Promise<OpenPayment | undefined> {
      const [row] = await db<{ family: PaymentFamily; externalApiUserId: string | null }>`
        SELECT family, external_api_user_id FROM payment_journey
        WHERE tenant = ${tenant} AND id = ${id} AND family IS NOT NULL`;
      if (row === undefined) return undefined;
      const requestBody = await sealed.read(tenant, ownerOf(id), 'request-body');
      if (requestBody === undefined) throw new Error('An open payment is written together with its request.');
      const customerIpAddress = await sealed.read(tenant, ownerOf(id), 'customer-ip-address');
      return { ...row, requestBody, customerIpAddress };
    },

    /** Before a bank was chosen; one that has a consent is left as it is. */
    async recordEnd(tenant: TenantId, id: string, ended: OpenEnd): Promise<void> {
      await db`
        UPDATE payment_journey journey SET ended = ${ended}, ended_at = ${clock.now()}
        WHERE tenant = ${tenant} AND id = ${id} AND ended IS NULL AND NOT EXISTS (
          SELECT 1 FROM consent WHERE consent.tenant = journey.tenant AND consent.id = journey.consent_id
        )`;
    },

    find: (tenant: TenantId, id: string) => findWhere(tenant, db.part`journey.id = ${id}`),

    findByConsent: (tenant: TenantId, consentId: string) =>
      findWhere(tenant, db.part`journey.consent_id = ${consentId}`),
  };
}
