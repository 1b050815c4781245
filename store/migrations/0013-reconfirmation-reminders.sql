-- When somebody was last reminded that a customer has to reconfirm, and a way to find the consents whose time comes.

ALTER TABLE consent ADD COLUMN reconfirmation_reminded timestamptz;

CREATE INDEX consent_confirmed ON consent (tenant, greatest(auth_context_modified, reconfirmed))
  WHERE family = 'account-access' AND status = 'authorised' AND deleted_at IS NULL;
