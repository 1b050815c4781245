// The authorisation request of a bank that wants all parameters in one: joined without any encoding, then as base64url.
import type { PlainOAuth } from './personalities/authorisation-choices.ts';

/**
 * The query as oidc-provider reads it. Nothing is decoded but `+`, which stands for a space as in a form: an address that
 * was encoded before it was joined is another address. A query with other parameters, or none that can be read, is empty.
 */
export function plainParameters(search: string, { wholeQueryIn }: PlainOAuth): string {
  const [[name, value] = ['', ''], ...others] = new URLSearchParams(search);
  if (name !== wholeQueryIn || others.length > 0 || !/^[\w-]+$/.test(value)) return '';
  const joined = Buffer.from(value, 'base64url').toString('utf8');
  if (/\s/.test(joined)) return '';
  const parameters = joined.split('&').map((pair): [string, string] => {
    const [parameter = '', ...rest] = pair.split('=');
    return [parameter, rest.join('=').replaceAll('+', ' ')];
  });
  return `?${new URLSearchParams(parameters)}`;
}
