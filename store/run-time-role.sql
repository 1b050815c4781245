-- What a run-time role that owns no table may do. Run after every migration; nothing happens where there is no such
-- role. Rows are never deleted by it, save for encrypted objects that are no longer needed.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'durable_open_banking_app') THEN
    GRANT USAGE ON SCHEMA public TO durable_open_banking_app;
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO durable_open_banking_app;
    REVOKE INSERT, UPDATE ON schema_migration FROM durable_open_banking_app;
    GRANT DELETE ON encrypted_object TO durable_open_banking_app;
  END IF;
END
$$;
