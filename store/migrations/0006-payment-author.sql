-- Who had a payment submitted, in the caller's words.

ALTER TABLE payment ADD COLUMN modified_by text;
