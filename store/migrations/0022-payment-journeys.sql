-- Payments that were asked for in one request: which consent and which payment each of them makes.

CREATE TABLE payment_journey (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  consent_id uuid NOT NULL,
  -- That of the payment that is to be made; there is none until the customer has authorised it.
  payment_id uuid NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, consent_id),
  UNIQUE (tenant, payment_id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

CREATE INDEX payment_journey_created ON payment_journey (tenant, created, id);
