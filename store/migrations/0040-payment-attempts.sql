-- Every attempt to submit a payment, from before its bytes leave: the ledger. No body, no token, nothing of the customer's.

CREATE TABLE payment_attempt (
  tenant text NOT NULL,
  payment_id uuid NOT NULL,
  id uuid NOT NULL,
  idempotency_key text NOT NULL,
  sent timestamptz NOT NULL,
  -- Null: it was cut off, and nobody was left who could say.
  ended timestamptz,
  outcome text CHECK (outcome IN ('taken', 'refused', 'not-sent', 'unclear')),
  http_status integer,
  answer_codes jsonb NOT NULL DEFAULT '[]',
  interaction_id text,
  PRIMARY KEY (tenant, payment_id, id),
  FOREIGN KEY (tenant, payment_id) REFERENCES payment (tenant, id)
);

CREATE INDEX payment_attempt_sent ON payment_attempt (tenant, sent, id);
