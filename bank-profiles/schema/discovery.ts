// How a bank tells where its endpoints are: OpenID Connect Discovery 1.0 unless said otherwise.
import { z } from 'zod';
import { address } from './address.ts';

export const clientAuthenticationMethod = z.enum([
  'private_key_jwt',
  'tls_client_auth',
  'client_secret_basic',
  'client_secret_post',
]);

const responseMode = z.enum(['query', 'fragment', 'form_post']);

export const discovery = z.strictObject({
  url: address.optional().describe('Where the document is, when not below the issuer.'),
  responseModes: z
    .array(responseMode)
    .min(1)
    .optional()
    .describe('Counts instead of what the document says or leaves out.'),
  tokenEndpointAuthMethods: z
    .array(clientAuthenticationMethod)
    .min(1)
    .optional()
    .describe('Counts instead of what the document says or leaves out.'),
  document: z
    .strictObject({ tokenEndpoint: address, authorizationEndpoint: address })
    .optional()
    .describe('Of a bank that publishes none: nothing is fetched.'),
  keySet: z
    .enum(['object', 'bare-array'])
    .default('object')
    .describe('How the key set is written: RFC 7517, or its array alone.'),
});
