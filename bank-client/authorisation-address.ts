// The parameters of an authorisation request on the bank's address, written as the bank reads them.
import type { ResolvedGrant } from '../bank-profiles/resolve-profile.ts';

export function addressWith(
  endpoint: string,
  choices: Pick<ResolvedGrant['authorisation'], 'parameterEncoding' | 'singleParameter'>,
  parameters: readonly (readonly [name: string, value: string])[],
): string {
  const { parameterEncoding, singleParameter } = choices;
  const written = (text: string) => (parameterEncoding === 'none' ? text : encodeURIComponent(text));
  const query = parameters.map((pair) => pair.map(written).join('=')).join('&');
  const separator = endpoint.includes('?') ? '&' : '?';
  if (singleParameter === undefined) return `${endpoint}${separator}${query}`;
  return `${endpoint}${separator}${singleParameter}=${Buffer.from(query).toString('base64url')}`;
}
