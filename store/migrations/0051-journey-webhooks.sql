-- An endpoint may belong to one payment that was asked for in one request: it is told of that alone.

ALTER TABLE webhook_endpoint ADD COLUMN journey_id uuid;
CREATE INDEX webhook_endpoint_journey ON webhook_endpoint (tenant, journey_id) WHERE deleted_at IS NULL;

ALTER TABLE webhook_event ADD COLUMN journey_id uuid;
