-- Payments of all families: one for each consent, and two more ends, for those whose order is to do something later.
-- A consent to pay what a file says waits for the file.

ALTER TABLE payment DROP CONSTRAINT payment_status_check;
ALTER TABLE payment ADD CONSTRAINT payment_status_check CHECK (status IN ('submitting', 'following', 'settled',
  'settled-at-debtor', 'initiated', 'initiation-failed', 'rejected', 'cancelled', 'blocked', 'executed-id-unknown',
  'outcome-unknown', 'failed'));

DROP INDEX payment_single_use;
CREATE UNIQUE INDEX payment_single_use ON payment (tenant, consent_id) WHERE family IN ('domestic-payment',
  'domestic-scheduled-payment', 'domestic-standing-order', 'international-payment', 'international-scheduled-payment',
  'international-standing-order', 'file-payment');

ALTER TABLE consent DROP CONSTRAINT consent_status_check;
ALTER TABLE consent ADD CONSTRAINT consent_status_check CHECK (status IN ('creating', 'awaiting-upload',
  'awaiting-authorisation', 'authorised', 'consumed', 'rejected', 'revoked', 'expired', 'abandoned', 'deleted',
  'failed'));
