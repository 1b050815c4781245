-- Links to the page of a payment that was asked for in one request. Whoever has one may go on with the payment: of the
-- link only a hash is kept, and the link itself encrypted, for the answer to whoever asked for the payment.

CREATE TABLE payment_link (
  tenant text NOT NULL,
  journey_id uuid NOT NULL,
  created timestamptz NOT NULL,
  -- SHA-256, base64url.
  token_hash text NOT NULL,
  PRIMARY KEY (tenant, journey_id),
  UNIQUE (tenant, token_hash),
  FOREIGN KEY (tenant, journey_id) REFERENCES payment_journey (tenant, id)
);

-- Whether the customer has to come back with the browser that went to the bank: it was given a session on the page.
ALTER TABLE auth_context ADD COLUMN session_required boolean NOT NULL DEFAULT false;
