-- Reads: who keeps copies of what a read needs is told of every change to it, and every read leaves a record.

-- The payload names the row alone: its id (36 characters), a space, the tenant.
CREATE FUNCTION notify_changed() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
DECLARE
  changed jsonb := to_jsonb(OLD);
BEGIN
  PERFORM pg_notify(TG_ARGV[0], (changed ->> TG_ARGV[1]) || ' ' || (changed ->> 'tenant'));
  RETURN NULL;
END
$$;

-- Any column: whoever adds one that a read depends on has nothing to remember here.
CREATE TRIGGER consent_changed AFTER UPDATE OR DELETE ON consent
  FOR EACH ROW EXECUTE FUNCTION notify_changed('consent_changed', 'id');
CREATE TRIGGER grant_changed AFTER UPDATE OR DELETE ON grant_token
  FOR EACH ROW EXECUTE FUNCTION notify_changed('consent_changed', 'consent_id');
CREATE TRIGGER grant_tokens_changed AFTER UPDATE OR DELETE ON encrypted_object
  FOR EACH ROW WHEN (OLD.owner_kind = 'grant') EXECUTE FUNCTION notify_changed('consent_changed', 'owner_id');
CREATE TRIGGER registration_changed AFTER UPDATE OR DELETE ON bank_registration
  FOR EACH ROW EXECUTE FUNCTION notify_changed('client_changed', 'id');
CREATE TRIGGER statement_changed AFTER UPDATE OR DELETE ON software_statement
  FOR EACH ROW EXECUTE FUNCTION notify_changed('client_changed', 'id');

-- One row per read. No foreign key: reads are frequent, and consents are never removed.
CREATE TABLE access_record (
  tenant text NOT NULL,
  consent_id uuid NOT NULL,
  created timestamptz NOT NULL,
  id uuid NOT NULL,
  -- As published: GET /accounts/{AccountId}.
  operation text NOT NULL,
  -- What the caller was answered, and why when it was refused.
  status integer NOT NULL,
  outcome text NOT NULL,
  -- Whether the customer was there.
  attended boolean NOT NULL,
  interaction_id text,
  PRIMARY KEY (tenant, consent_id, created, id)
);

-- For whoever removes old ones.
CREATE INDEX access_record_created ON access_record USING brin (created);

-- Apart from the consent: its row is not to be written, nor its readers told, each time that it is used.
CREATE TABLE consent_use (
  tenant text NOT NULL,
  consent_id uuid NOT NULL,
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, consent_id),
  FOREIGN KEY (tenant, consent_id) REFERENCES consent (tenant, id)
);
