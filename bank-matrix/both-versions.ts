// Banks that have an API in both versions: what is known of their version 3 counts as long as somebody uses it.
import { builtInBook } from '../bank-profiles/book.ts';

/** @param profile of those that come with the connector */
export function hasBothVersions(profile: string): boolean {
  const { accountInformation, paymentInitiation } = builtInBook.find(profile) ?? {};
  return [accountInformation, paymentInitiation].some(
    (api) => api?.baseUrls['v3.1'] !== undefined && api.baseUrls['v4.0'] !== undefined,
  );
}
