// Habits that several banking groups have in common.
import type { PersonalityFacts } from './personality.ts';

/** Answers in the query, code and ID token alike, which OpenID Connect has for the fragment only. */
export const answersInQuery = {
  responseMode: 'query',
} satisfies PersonalityFacts['authorisation'];

/** `acr` of a customer who was not strongly authenticated. */
export const withoutStrongAuthentication = 'urn:openbanking:psd2:ca';

/** The spelling that the published version 3 documents lack. */
export const correctedIndicator = {
  contractPresentIndicator: 'corrected',
} satisfies PersonalityFacts['resources'];

/** Known of these; of what else such a bank makes nobody has said it. */
export const answersWithoutNewId = {
  links: [
    {
      paths: [
        ...['account-access-consents', 'domestic-payment-consents', 'domestic-payments'],
        ...['domestic-vrp-consents', 'domestic-vrps'],
      ],
      withoutNewId: true,
    },
  ],
} satisfies PersonalityFacts['resources'];

/** The resource server's addresses below one base, by API and version. */
export function apisBelow(base: string, ...versions: ('v3.1' | 'v4.0')[]) {
  const below = (api: string) =>
    Object.fromEntries(versions.map((version) => [version, `${base}/open-banking/${version}/${api}`]));
  return { aisp: below('aisp'), pisp: below('pisp') };
}
