-- Payments in one request whose customer chooses the bank: there is no consent until then, so that what is to be paid, and how
-- it ended if nobody chose, is kept with the request.

ALTER TABLE payment_journey DROP CONSTRAINT payment_journey_tenant_consent_id_fkey;
ALTER TABLE payment_journey
  -- Of the consent that is to be made; null where it was made at once.
  ADD COLUMN family text,
  ADD COLUMN external_api_user_id text,
  ADD COLUMN ended text CHECK (ended IN ('abandoned', 'called-off')),
  ADD COLUMN ended_at timestamptz;
