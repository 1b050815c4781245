// When a customer has to say again that an access is to go on: https://www.legislation.gov.uk/eur/2018/389 article 10A
// lets banks stop asking, and has whoever reads ask every 90 days.

const periodMs = 90 * 24 * 60 * 60 * 1000;

/** @param confirmedAtMs when the customer last authorised the access, or reconfirmed it since */
export const reconfirmationDueMs = (confirmedAtMs: number): number => confirmedAtMs + periodMs;
