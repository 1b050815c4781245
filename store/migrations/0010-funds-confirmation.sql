-- In which version a registration asks about funds. Earlier registrations, and releases that do not know of it yet, get
-- the newest one.

ALTER TABLE bank_registration ADD COLUMN cbpii_use_v4 boolean NOT NULL DEFAULT true;
