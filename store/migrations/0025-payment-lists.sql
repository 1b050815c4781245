-- Payments of all families by where they stand, oldest first and in pages.

CREATE INDEX payment_by_status ON payment (tenant, status, created, id);
