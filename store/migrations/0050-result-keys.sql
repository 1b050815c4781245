-- The keys that sign what a customer brings back to the service. The private half is an encrypted object.

CREATE TABLE result_key (
  tenant text NOT NULL,
  -- As `kid` in signatures.
  id uuid NOT NULL,
  created timestamptz NOT NULL,
  public_jwk jsonb NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX result_key_created ON result_key (tenant, created, id);
