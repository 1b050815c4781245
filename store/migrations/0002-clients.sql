-- Certificates, software statements, and the clients that banks know them as.

CREATE TABLE obwac_certificate (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  associated_key jsonb NOT NULL,
  certificate text NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE obseal_certificate (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  associated_key_id text NOT NULL,
  associated_key jsonb NOT NULL,
  certificate text NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE software_statement (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  organisation_id text NOT NULL,
  software_id text NOT NULL,
  sandbox_environment boolean NOT NULL,
  default_ob_wac_certificate_id uuid NOT NULL,
  default_ob_seal_certificate_id uuid NOT NULL,
  default_query_redirect_url text NOT NULL,
  default_fragment_redirect_url text NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, default_ob_wac_certificate_id) REFERENCES obwac_certificate (tenant, id),
  FOREIGN KEY (tenant, default_ob_seal_certificate_id) REFERENCES obseal_certificate (tenant, id)
);

CREATE INDEX software_statement_obwac ON software_statement (tenant, default_ob_wac_certificate_id);
CREATE INDEX software_statement_obseal ON software_statement (tenant, default_ob_seal_certificate_id);

CREATE TABLE bank_registration (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('registering', 'registered', 'failed', 'deleted')),
  -- Counts the changes of what follows, so that whoever keeps a copy sees that it is old.
  revision integer NOT NULL DEFAULT 0,
  software_statement_id uuid NOT NULL,
  bank_profile text NOT NULL,
  bank_group text NOT NULL,
  aisp_use_v4 boolean NOT NULL,
  pisp_use_v4 boolean NOT NULL,
  vrp_use_v4 boolean NOT NULL,
  -- What was asked for, without secrets.
  requested jsonb NOT NULL,
  -- What was gathered before the bank was asked.
  preparation jsonb,
  -- The client as the bank knows it; null until it is registered.
  client jsonb,
  external_api_id text GENERATED ALWAYS AS (client ->> 'externalApiId') STORED,
  failure jsonb,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, software_statement_id) REFERENCES software_statement (tenant, id),
  CHECK (status <> 'registered' OR client IS NOT NULL)
);

CREATE INDEX bank_registration_statement ON bank_registration (tenant, software_statement_id, bank_group);
