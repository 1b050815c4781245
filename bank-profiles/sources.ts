// Where values of profiles are known from, and when they were read there.

/** The profiles that finlabsuk/open-banking-connector (MIT) publishes, which are in use with these banks. */
export const finlabs = 'finlabsuk/open-banking-connector 18.5.0 of 2026-05-11, read 2026-11-20';
