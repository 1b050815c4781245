-- Lists, oldest first and in pages. What is deleted is in none of them.

CREATE INDEX encryption_key_description_created ON encryption_key_description (tenant, created, id)
  WHERE deleted_at IS NULL;
CREATE INDEX obwac_certificate_created ON obwac_certificate (tenant, created, id) WHERE deleted_at IS NULL;
CREATE INDEX obseal_certificate_created ON obseal_certificate (tenant, created, id) WHERE deleted_at IS NULL;
CREATE INDEX software_statement_created ON software_statement (tenant, created, id) WHERE deleted_at IS NULL;
CREATE INDEX bank_registration_created ON bank_registration (tenant, created, id) WHERE deleted_at IS NULL;

CREATE INDEX consent_family_created ON consent (tenant, family, created, id) WHERE deleted_at IS NULL;
CREATE INDEX consent_reference ON consent (tenant, reference, created, id) WHERE reference IS NOT NULL;
CREATE INDEX payment_family_created ON payment (tenant, family, created, id);
