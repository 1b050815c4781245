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
}

export interface PaymentJourneyRecord extends Stored<NewPaymentJourney> {
  family: PaymentFamily;
  bankProfile: string;
  bankRegistrationId: string;
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
        coalesce(payment.id, journey.payment_id) AS payment_id, consent.family, registration.bank_profile,
        consent.bank_registration_id, CASE WHEN consent.deleted_at IS NULL THEN consent.status END AS consent_status,
        consent.failure AS consent_failure, payment.failure AS payment_failure, sealed(refusal) AS refusal,
        payment.status AS payment_status, payment.bank_status, payment.external_api_id, sealed(address) AS address
      FROM payment_journey journey
      JOIN consent ON consent.tenant = journey.tenant AND consent.id = journey.consent_id
      JOIN bank_registration registration
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
      await db`
        WITH changed AS (
          INSERT INTO payment_journey (tenant, id, reference, created_by, created, consent_id, payment_id)
          VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
            ${values.consentId}, ${values.paymentId})
          ON CONFLICT (tenant, id) DO NOTHING
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(values.id), { [purpose]: values.returnUrl })}
        SELECT id FROM changed`;
    },

    find: (tenant: TenantId, id: string) => findWhere(tenant, db.part`journey.id = ${id}`),

    findByConsent: (tenant: TenantId, consentId: string) =>
      findWhere(tenant, db.part`journey.consent_id = ${consentId}`),
  };
}
