-- Answers about funds, for callers who repeat a request under its key. The answers themselves are encrypted objects.

CREATE TABLE funds_confirmation (
  tenant text NOT NULL,
  id uuid NOT NULL,
  consent_id uuid NOT NULL,
  answered timestamptz NOT NULL,
  -- Whether the answer is still there.
  kept boolean NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

CREATE INDEX funds_confirmation_kept ON funds_confirmation (tenant, answered) WHERE kept;
