// What the sandbox's own two banks leave to their clients, where a real bank wants one thing.
import type { PersonalityFacts } from './personality.ts';

export const ownHabits = {
  registration: {
    contentTypes: ['application/jwt', 'application/jose'],
    audience: 'either',
    grantTypes: 'any',
    organisationIdentifier: 'any',
    repeatsEnvelope: false,
  },
  resources: { financialId: 'ignored' },
} satisfies Partial<PersonalityFacts>;
