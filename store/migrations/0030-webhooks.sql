-- Webhooks: who is told, what there was to tell, and how each telling went.

CREATE TABLE webhook_endpoint (
  tenant text NOT NULL,
  id uuid NOT NULL,
  reference text,
  created_by text,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  url text NOT NULL,
  -- Names; null: all there are.
  event_types jsonb,
  description text,
  signature_kind text NOT NULL CHECK (signature_kind IN ('hmac-sha256', 'ed25519')),
  -- The secret itself is an encrypted object, and so is the one before it, which signs too until then.
  secret_version integer NOT NULL,
  public_key text,
  previous_public_key text,
  previous_secret_until timestamptz,
  status text NOT NULL CHECK (status IN ('enabled', 'disabled')),
  disabled_at timestamptz,
  disabled_reason text,
  last_succeeded timestamptz,
  deleted_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX webhook_endpoint_created ON webhook_endpoint (tenant, created, id);

-- The payload is an encrypted object.
CREATE TABLE webhook_event (
  tenant text NOT NULL,
  id uuid NOT NULL,
  created timestamptz NOT NULL,
  type text NOT NULL,
  -- What it is about: events about the same are told in their order.
  resource_id uuid NOT NULL,
  -- Whether the payload is still there.
  kept boolean NOT NULL DEFAULT true,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX webhook_event_created ON webhook_event (tenant, created, id);
CREATE INDEX webhook_event_kept ON webhook_event (tenant, created) WHERE kept;

CREATE TABLE webhook_delivery (
  tenant text NOT NULL,
  id uuid NOT NULL,
  created timestamptz NOT NULL,
  -- The order in which the deliveries of a resource are made.
  position bigint GENERATED ALWAYS AS IDENTITY,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  -- The event itself, or one replay of it.
  occasion_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  ended_at timestamptz,
  -- When a worker took it on itself to tell its journey, and when the journey was told.
  claimed_at timestamptz,
  told_at timestamptz,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, event_id, endpoint_id, occasion_id),
  FOREIGN KEY (tenant, endpoint_id) REFERENCES webhook_endpoint (tenant, id),
  FOREIGN KEY (tenant, event_id) REFERENCES webhook_event (tenant, id)
);

CREATE INDEX webhook_delivery_log ON webhook_delivery (tenant, endpoint_id, created, id);
CREATE INDEX webhook_delivery_pending ON webhook_delivery (tenant, endpoint_id, resource_id, position)
  WHERE status = 'pending';
CREATE INDEX webhook_delivery_untold ON webhook_delivery (tenant, position)
  WHERE told_at IS NULL AND status = 'pending';

CREATE TABLE webhook_attempt (
  tenant text NOT NULL,
  delivery_id uuid NOT NULL,
  number integer NOT NULL,
  started timestamptz NOT NULL,
  outcome text NOT NULL,
  http_status integer,
  duration_ms integer NOT NULL,
  PRIMARY KEY (tenant, delivery_id, number),
  FOREIGN KEY (tenant, delivery_id) REFERENCES webhook_delivery (tenant, id)
);
