// Whether what a software statement refers to is there and in order: when it is added, changed, and at every start.
// The directory is asked too: its own, signed statement has to hold, and to list our redirect addresses.

import { BankError } from '../bank-client/bank-error.ts';
import type { ObSealCertificate, ObWacCertificate } from '../store/certificates.ts';
import type { SoftwareStatement } from '../store/software-statements.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { checkCertificate } from './certificate-checks.ts';
import type { ApiDeps } from './deps.ts';
import { type FieldErrors, Problem } from './problem.ts';

type CheckDeps = Pick<ApiDeps, 'records' | 'readSecret' | 'clock' | 'askDirectory'>;
type Statement = Omit<SoftwareStatement, 'id' | 'reference' | 'createdBy'>;

/**
 * @returns what is worth a warning: certificates that are out of date or whose key has gone or changed, and what the
 * directory says otherwise
 * @throws {Problem} `not-found`, naming the certificates that are not there
 */
export async function checkSoftwareStatement(
  tenant: TenantId,
  statement: Statement,
  { records, readSecret, clock, askDirectory }: CheckDeps,
): Promise<string[]> {
  const [obWac, obSeal] = await Promise.all([
    records.obWacCertificates.find(tenant, statement.defaultObWacCertificateId),
    records.obSealCertificates.find(tenant, statement.defaultObSealCertificateId),
  ]);
  const errors: FieldErrors = {};
  if (obWac === undefined) errors.DefaultObWacCertificateId = ['is not known'];
  if (obSeal === undefined) errors.DefaultObSealCertificateId = ['is not known'];
  if (obWac === undefined || obSeal === undefined) throw new Problem('not-found', { errors });

  const warnings: string[] = [];
  for (const [name, certificate] of [
    ['OBWAC', obWac],
    ['OBSeal', obSeal],
  ] as const) {
    const found = await checkCertificate(certificate, readSecret, clock.nowMs()).catch(refusalAsWarning);
    warnings.push(...found.map((warning) => `${name}: ${warning}`));
  }
  // With certificates or keys that are no good the directory would refuse us for that.
  return warnings.length > 0 ? warnings : await compareWithDirectory(statement, obWac, obSeal, askDirectory);
}

async function compareWithDirectory(
  softwareStatement: Statement,
  obWacCertificate: ObWacCertificate,
  obSealCertificate: ObSealCertificate,
  askDirectory: ApiDeps['askDirectory'],
): Promise<string[]> {
  const { defaultQueryRedirectUrl, defaultFragmentRedirectUrl } = softwareStatement;
  try {
    const listed = await askDirectory({ softwareStatement, obWacCertificate, obSealCertificate });
    return [defaultQueryRedirectUrl, defaultFragmentRedirectUrl]
      .filter((url) => !listed.redirectUris.includes(url))
      .map((url) => `Directory: the redirect address ${url} is not in its software statement.`);
  } catch (error) {
    if (!(error instanceof BankError)) throw error;
    return [`Directory: ${error.message}`];
  }
}

/** A stored certificate that would be refused today must not stop anybody: it is reported. */
function refusalAsWarning(error: unknown): string[] {
  if (!(error instanceof Problem) || error.options.errors === undefined) throw error;
  return Object.entries(error.options.errors).map(([field, messages]) => `${field} ${messages.join(', ')}.`);
}

/** Says in the log what is wrong with the stored statements. */
export async function logSoftwareStatementWarnings(
  tenant: TenantId,
  deps: CheckDeps & Pick<ApiDeps, 'log'>,
): Promise<void> {
  for (const statement of await deps.records.softwareStatements.list(tenant)) {
    const warnings = await checkSoftwareStatement(tenant, statement, deps).catch(refusalAsWarning);
    for (const warning of warnings)
      deps.log.warn({ softwareStatementId: statement.id, warning }, 'software statement');
  }
}
