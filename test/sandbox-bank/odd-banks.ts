// Banks that tests make up: as the specification has it, but for what the test is about.
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import type { Method, Place } from './visitor.ts';

/** At `https://{name}.example/bank`, with its APIs at `https://api.{name}.example`. */
export function oddBank(name: string, more: Partial<PersonalityFacts> = {}): PersonalityFacts {
  const api = `https://api.${name}.example/open-banking`;
  return {
    name,
    displayName: `Bank of ${name}`,
    organisationId: '0015800000ODDBANKX',
    organisationIdentifier: 'PSDGB-FCA-719999',
    clientAuthMethods: ['private_key_jwt'],
    addresses: {
      issuer: `https://${name}.example/bank`,
      aisp: { 'v3.1': `${api}/v3.1/aisp`, 'v4.0': `${api}/v4.0/aisp` },
      pisp: { 'v3.1': `${api}/v3.1/pisp`, 'v4.0': `${api}/v4.0/pisp` },
    },
    ...more,
  };
}

export function placeOf(name: string, method: Method = 'private_key_jwt'): Place {
  return {
    bank: name,
    discovery: `https://${name}.example/bank/.well-known/openid-configuration`,
    organisationId: '0015800000ODDBANKX',
    method,
  };
}

/** Of an endpoint, as the sandbox serves it. */
export function resourceOf(api: string, name: string, path: string): string {
  return `${api}/at/https/api.${name}.example/open-banking${path}`;
}
