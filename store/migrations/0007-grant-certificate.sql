-- Which transport certificate the customer's tokens were fetched with: banks bind them to it (RFC 8705).

ALTER TABLE grant_token ADD COLUMN obwac_certificate_id uuid;
