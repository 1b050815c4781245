-- Files of payments on their way to the bank: in encrypted parts, which go when the bank has taken the file.

CREATE TABLE payment_file (
  tenant text NOT NULL,
  id uuid NOT NULL,
  consent_id uuid NOT NULL,
  created timestamptz NOT NULL,
  content_type text NOT NULL,
  -- Base64, once the file is there as a whole.
  sha256 text,
  parts integer,
  taken timestamptz,
  PRIMARY KEY (tenant, id),
  -- The bank gets one file under a consent. One that never arrived as a whole makes room for the next.
  UNIQUE (tenant, consent_id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);
