// What operators can filter journeys by. Search attributes are stored in clear text, so nothing personal goes here.
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const searchAttributes = {
  tenant: defineSearchAttributeKey('ObTenant', SearchAttributeType.KEYWORD),
  bank: defineSearchAttributeKey('ObBank', SearchAttributeType.KEYWORD),
  journey: defineSearchAttributeKey('ObJourney', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('ObState', SearchAttributeType.KEYWORD),
  consentId: defineSearchAttributeKey('ObConsentId', SearchAttributeType.KEYWORD),
} as const;

/** Name to type, as the server wants them registered. */
export const searchAttributeTypes: Record<string, string> = Object.fromEntries(
  Object.values(searchAttributes).map((key) => [key.name, 'Keyword']),
);
