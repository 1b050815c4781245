-- Consents of all families, the attempts of customers to authorise them, and the grants that follow.

CREATE TABLE consent (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  family text NOT NULL,
  status text NOT NULL CHECK (status IN ('creating', 'awaiting-authorisation', 'authorised', 'consumed', 'rejected',
    'revoked', 'expired', 'abandoned', 'deleted', 'failed')),
  bank_registration_id uuid NOT NULL,
  external_api_id text,
  external_api_user_id text,
  created_with_v4 boolean NOT NULL,
  expires_at timestamptz,
  auth_context_modified timestamptz NOT NULL,
  auth_context_modified_by text,
  failure jsonb,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, bank_registration_id) REFERENCES bank_registration (tenant, id)
);

CREATE INDEX consent_registration ON consent (tenant, bank_registration_id);
CREATE INDEX consent_created ON consent (tenant, created, id);

CREATE TABLE auth_context (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  consent_id uuid NOT NULL,
  state text NOT NULL,
  nonce text NOT NULL,
  app_session_id_hash text NOT NULL,
  redirect_uri text NOT NULL,
  redirect_mode text NOT NULL CHECK (redirect_mode IN ('fragment', 'query', 'jwt')),
  expects_id_token boolean NOT NULL,
  -- The journey that waits for the customer.
  workflow_id text NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

-- The state alone leads a browser that comes back to its attempt, so no two tenants may share one.
CREATE UNIQUE INDEX auth_context_state ON auth_context (state);
CREATE INDEX auth_context_consent ON auth_context (tenant, consent_id);

-- What the bank sent back with the browser: one per attempt.
CREATE TABLE redirect (
  tenant text NOT NULL,
  id uuid NOT NULL,
  created timestamptz NOT NULL,
  auth_context_id uuid NOT NULL,
  parameters_hash text NOT NULL,
  outcome jsonb,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, auth_context_id),
  FOREIGN KEY (tenant, auth_context_id) REFERENCES auth_context (tenant, id)
);

-- The tokens of a consent; the tokens themselves are encrypted objects.
CREATE TABLE grant_token (
  tenant text NOT NULL,
  consent_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  status text NOT NULL CHECK (status IN ('live', 'ended')),
  end_reason text,
  expires_at timestamptz NOT NULL,
  -- Subject and nonce of the ID token: those of a refresh have to be the same.
  subject text,
  nonce text,
  modified timestamptz NOT NULL,
  PRIMARY KEY (tenant, consent_id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);

-- The fence before calls that reach a bank once: whoever inserts the row may send.
CREATE TABLE once_only_call (
  tenant text NOT NULL,
  -- The consent or the registration.
  subject_id uuid NOT NULL,
  call text NOT NULL,
  claimed_by text NOT NULL,
  claimed_at timestamptz NOT NULL,
  deadline_at timestamptz NOT NULL,
  answered_at timestamptz,
  outcome text,
  settled_at timestamptz,
  PRIMARY KEY (tenant, subject_id, call)
);
