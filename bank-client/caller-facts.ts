// What callers say of the customer for whom they ask, and of the call: told to banks as it came.

export interface CallerFacts {
  /** Absent: the customer is not there. */
  customerIpAddress?: string | undefined;
  /** When the customer last logged in with the caller: a date as HTTP writes it. */
  authDate?: string | undefined;
  customerUserAgent?: string | undefined;
  /** A UUID; absent: one is made for each call. */
  interactionId?: string | undefined;
}

/** Their headers: https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html#headers */
export function headersAboutCaller({ customerIpAddress, authDate, customerUserAgent }: CallerFacts) {
  const headers: Record<string, string> = {};
  if (customerIpAddress !== undefined) headers['x-fapi-customer-ip-address'] = customerIpAddress;
  if (authDate !== undefined) headers['x-fapi-auth-date'] = authDate;
  if (customerUserAgent !== undefined) headers['x-customer-user-agent'] = customerUserAgent;
  return headers;
}
