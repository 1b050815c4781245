// Software statements: who we are in the directory, and which certificates and addresses we use by default.
import { z } from '@hono/zod-openapi';
import { entityRequest, entityResponse, id, requiredText } from './shared.ts';

const defaults = {
  DefaultObWacCertificateId: id,
  DefaultObSealCertificateId: id,
  DefaultQueryRedirectUrl: z.url(),
  DefaultFragmentRedirectUrl: z.url(),
};

export const SoftwareStatement = z
  .object({
    OrganisationId: requiredText,
    SoftwareId: requiredText,
    SandboxEnvironment: z.boolean().default(false),
    ...defaults,
    ...entityRequest,
  })
  .openapi('SoftwareStatement');

/** Null and absent both leave a member as it is. */
export const SoftwareStatementUpdate = z
  .object({
    DefaultObWacCertificateId: id.nullish(),
    DefaultObSealCertificateId: id.nullish(),
    DefaultQueryRedirectUrl: z.url().nullish(),
    DefaultFragmentRedirectUrl: z.url().nullish(),
  })
  .openapi('SoftwareStatementUpdate');

const answered = {
  OrganisationId: z.string(),
  SoftwareId: z.string(),
  SandboxEnvironment: z.boolean(),
  ...defaults,
  ...entityResponse,
};

export const SoftwareStatementResponse = z.object(answered).openapi('SoftwareStatementResponse');
