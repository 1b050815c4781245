-- What a consent may be used for: its permissions, how it stands at its bank, when its customer last reconfirmed it, and
-- the reads that were made while the customer was away.

ALTER TABLE consent
  -- Names; null: not known, as of a consent that was made elsewhere and has not been read at its bank yet.
  ADD COLUMN permissions jsonb,
  -- The code of version 4 that the bank said last, and when it said so.
  ADD COLUMN bank_status text,
  ADD COLUMN bank_status_confirmed timestamptz,
  ADD COLUMN reconfirmed timestamptz;

-- Customers who said again that they want an access to go on.
CREATE TABLE consent_reconfirmation (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  consent_id uuid NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

CREATE INDEX consent_reconfirmation_consent ON consent_reconfirmation (tenant, consent_id, created);

-- The reads of the last day that were made without the customer, as one row per thing that is read: its lock is what
-- makes of many claims at once a queue.
CREATE TABLE unattended_reads (
  tenant text NOT NULL,
  consent_id uuid NOT NULL,
  -- The bank's id; empty for a read of all accounts.
  account text NOT NULL,
  -- The endpoint's path, as published.
  resource text NOT NULL,
  -- Id of each claim → when it was made, in milliseconds since 1970.
  claims jsonb NOT NULL,
  PRIMARY KEY (tenant, consent_id, account, resource),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

-- Whose encrypted object is the key that account identities are made with: made once, never changed.
CREATE TABLE account_identity_key (
  tenant text NOT NULL PRIMARY KEY,
  id uuid NOT NULL,
  created timestamptz NOT NULL
);
