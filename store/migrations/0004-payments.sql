-- Payments, what their status was when, and the requests that callers may repeat.

CREATE TABLE payment (
  tenant text NOT NULL,
  id uuid NOT NULL,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  consent_id uuid NOT NULL,
  family text NOT NULL,
  status text NOT NULL CHECK (status IN ('submitting', 'following', 'settled', 'settled-at-debtor', 'rejected',
    'cancelled', 'blocked', 'executed-id-unknown', 'outcome-unknown', 'failed')),
  -- The key that every attempt carries, when the first attempt was made, and the latest that may have had an effect.
  bank_idempotency_key text NOT NULL,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  external_api_id text,
  bank_status text,
  failure jsonb,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, bank_idempotency_key),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

-- A consent of these families pays once.
CREATE UNIQUE INDEX payment_single_use ON payment (tenant, consent_id) WHERE family IN ('domestic-payment');
CREATE INDEX payment_consent ON payment (tenant, consent_id);
CREATE INDEX payment_external_api_id ON payment (tenant, external_api_id) WHERE external_api_id IS NOT NULL;
CREATE INDEX payment_created ON payment (tenant, created, id);

CREATE TABLE payment_status (
  tenant text NOT NULL,
  payment_id uuid NOT NULL,
  number integer NOT NULL,
  status text NOT NULL,
  bank_status text,
  recorded timestamptz NOT NULL,
  PRIMARY KEY (tenant, payment_id, number),
  FOREIGN KEY (tenant, payment_id) REFERENCES payment (tenant, id)
);

CREATE TABLE idempotency_claim (
  tenant text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  body_hash text NOT NULL,
  resource_id uuid NOT NULL,
  created timestamptz NOT NULL,
  PRIMARY KEY (tenant, key)
);
