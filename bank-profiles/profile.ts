// What we know of a bank, as data. Whatever is left out is as the specification has it.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html
import { z } from 'zod';

/** An address, or where configuration has it: the value of a variable with a path appended. */
const address = z.union([
  z.url(),
  z.strictObject({
    configured: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of a variable'),
    path: z.string().startsWith('/').optional(),
  }),
]);
export type Address = z.input<typeof address>;

const api = z.strictObject({
  /** The newest version that the bank offers. */
  version: z.enum(['v3.1', 'v4.0']),
  /** By version: what the endpoints' paths hang on. */
  baseUrls: z.strictObject({ 'v3.1': address.optional(), 'v4.0': address.optional() }),
});

const registration = z.strictObject({
  contentType: z.enum(['application/jwt', 'application/jose']).default('application/jwt'),
  /** Whom the request is for: the bank's organisation in the directory, or its issuer address. */
  audience: z.enum(['organisation', 'issuer']).default('organisation'),
  tokenEndpointAuthMethod: z
    .enum(['private_key_jwt', 'tls_client_auth', 'client_secret_basic'])
    .default('private_key_jwt'),
  /** How the bank wants the certificate's subject written. */
  subjectDn: z.enum(['oid-string', 'oid-hex', 'name']).default('oid-string'),
  /** Whether GET and DELETE are offered; the specification leaves both to the bank. */
  read: z.boolean().default(false),
  delete: z.boolean().default(false),
});

const authorisation = z.strictObject({
  responseType: z.enum(['code id_token', 'code']).default('code id_token'),
  /** `jwt` is JARM, in the query. */
  responseMode: z.enum(['fragment', 'jwt']).default('fragment'),
  /** RFC 9126. */
  pushedAuthorisationRequest: z.boolean().default(false),
  /** RFC 7636, S256. */
  pkce: z.boolean().default(false),
});

const messageSigning = z.strictObject({
  /** `b64-false` is the style of versions up to 3.1.3. */
  style: z.enum(['b64-absent', 'b64-false']).default('b64-absent'),
  /** What becomes of an answer whose signature is missing or does not hold. */
  responses: z.enum(['required', 'when-present', 'ignored']).default('required'),
  /** Values of the `tan` claim that the bank signs under. */
  trustAnchors: z.array(z.string()).min(1).default(['openbanking.org.uk']),
});

export const bankProfileSchema = z.strictObject({
  /** Banks of one group share a client. */
  group: z.string().min(1),
  /** The bank's organisation id in the directory. */
  organisationId: z.string().min(1).max(18),
  /** Exactly as its discovery document has it. */
  issuer: address,
  accountInformation: api.optional(),
  paymentInitiation: api.optional(),
  registration: registration.prefault({}),
  authorisation: authorisation.prefault({}),
  messageSigning: messageSigning.prefault({}),
  /** Permissions that the bank refuses to have asked for. */
  permissionsNotOffered: z.array(z.string()).default([]),
});

export type BankProfile = z.output<typeof bankProfileSchema>;
export type BankProfileSource = z.input<typeof bankProfileSchema>;

/** The profiles of one banking group by their public names. @throws when one does not fit the schema */
export function defineGroup(
  group: string,
  banks: Record<string, Omit<BankProfileSource, 'group'>>,
): Map<string, BankProfile> {
  return new Map(
    Object.entries(banks).map(([name, source]) => [name, bankProfileSchema.parse({ group, ...source })]),
  );
}
