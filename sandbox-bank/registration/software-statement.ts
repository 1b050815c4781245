// A software statement as a bank reads it: signed by the directory, recent, of an active organisation.
import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { RunningBank } from '../running-bank.ts';
import { RegistrationRefusal } from './refusal.ts';

export const SoftwareStatement = z.object({
  software_id: z.string(),
  software_client_name: z.string(),
  software_redirect_uris: z.array(z.string()),
  software_roles: z.array(z.string()),
  software_jwks_endpoint: z.url(),
  org_id: z.string(),
  org_status: z.string(),
  organisation_competent_authority_claims: z.object({ registration_id: z.string() }),
});

export type SoftwareStatement = z.output<typeof SoftwareStatement>;

/** It has no expiry of its own: banks limit its age. */
const longestAgeSeconds = 86_400;

/** Throws a RegistrationRefusal. */
export async function verifySoftwareStatement(
  { directory, clock }: RunningBank,
  jws: string,
): Promise<SoftwareStatement> {
  const keys = createLocalJWKSet(await directory.fetchKeys(directory.jwksUrl));
  const { payload } = await jwtVerify(jws, keys, {
    algorithms: ['PS256'],
    issuer: 'OpenBanking Ltd',
    maxTokenAge: longestAgeSeconds,
    clockTolerance: 60,
    currentDate: clock.now(),
  }).catch(() => {
    throw refusal('invalid_software_statement', 'is not the directory’s or is too old');
  });
  const statement = SoftwareStatement.safeParse(payload);
  if (!statement.success) throw refusal('invalid_software_statement', 'is incomplete');
  if (statement.data.org_status !== 'Active')
    throw refusal('unapproved_software_statement', 'is of an organisation that is not active');
  return statement.data;
}

function refusal(
  code: 'invalid_software_statement' | 'unapproved_software_statement',
  what: string,
): RegistrationRefusal {
  return new RegistrationRefusal(code, `the software statement ${what}`);
}
