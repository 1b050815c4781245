-- What is kept encrypted, the descriptions of the keys, and which key is the current one.

CREATE TABLE encryption_key_description (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  -- Source and name of the key; never the key.
  key jsonb NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE settings (
  tenant text NOT NULL PRIMARY KEY,
  current_encryption_key_description_id uuid,
  modified timestamptz NOT NULL,
  FOREIGN KEY (tenant, current_encryption_key_description_id) REFERENCES encryption_key_description (tenant, id)
);

-- One text per owner and purpose; both are part of the associated data, so that a row moved elsewhere does not open.
CREATE TABLE encrypted_object (
  tenant text NOT NULL,
  owner_kind text NOT NULL,
  owner_id uuid NOT NULL,
  purpose text NOT NULL,
  key_id uuid NOT NULL,
  nonce bytea NOT NULL CHECK (length(nonce) = 12),
  ciphertext bytea NOT NULL,
  tag bytea NOT NULL CHECK (length(tag) = 16),
  written timestamptz NOT NULL,
  PRIMARY KEY (tenant, owner_kind, owner_id, purpose)
);

-- A nonce used twice under one key would break the encryption; keys may be shared by tenants.
CREATE UNIQUE INDEX encrypted_object_nonce ON encrypted_object (nonce);
CREATE INDEX encrypted_object_key ON encrypted_object (tenant, key_id);

-- All that is needed to open an object, as one value: key id (16 bytes), nonce (12), tag (16), cipher text.
CREATE FUNCTION sealed(encrypted_object) RETURNS bytea
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT uuid_send($1.key_id) || $1.nonce || $1.tag || $1.ciphertext $$;
