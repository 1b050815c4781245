// Whether what a software statement refers to is there and in order: when it is added, changed, and at every start.
// The directory is asked too: its own, signed statement has to hold, and to list our redirect addresses.

import { BankError } from '../bank-client/bank-error.ts';
import { type CertificateKind, certificateNames } from '../security/certificate-dates.ts';
import type { ObSealCertificate, ObWacCertificate } from '../store/certificates.ts';
import type { SoftwareStatement } from '../store/software-statements.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { checkPair, dateWarnings, refusalByDate } from './certificate-checks.ts';
import type { ApiDeps } from './deps.ts';
import { type FieldErrors, Problem } from './problem.ts';

type CheckDeps = Pick<ApiDeps, 'records' | 'readSecret' | 'clock' | 'askDirectory'>;
type Statement = Omit<SoftwareStatement, 'id' | 'reference' | 'createdBy'>;

/** The ids that a request spells out itself; what it leaves as it is is not named. */
export type NamedCertificates = {
  [Name in 'defaultObWacCertificateId' | 'defaultObSealCertificateId']?: string | null | undefined;
};

/**
 * @returns what is worth a warning: certificates that are out of date or whose key has gone or changed, and what the
 * directory says otherwise
 * @throws {Problem} `not-found`, naming the certificates that are not there; `certificate-refused`, naming those that the
 * request asks for on a day on which they must not be used
 */
export async function checkSoftwareStatement(
  tenant: TenantId,
  statement: Statement,
  { records, readSecret, clock, askDirectory }: CheckDeps,
  named: NamedCertificates = {},
): Promise<string[]> {
  const { obWac, obSeal } = await findCertificates(tenant, statement, records);
  const errors: FieldErrors = {};
  if (obWac === undefined) errors.DefaultObWacCertificateId = ['is not known'];
  if (obSeal === undefined) errors.DefaultObSealCertificateId = ['is not known'];
  if (obWac === undefined || obSeal === undefined) throw new Problem('not-found', { errors });

  const nowMs = clock.nowMs();
  const [ended, sealEnded] = [refusalByDate('obwac', obWac, nowMs), refusalByDate('obseal', obSeal, nowMs)];
  if (ended && named.defaultObWacCertificateId) errors.DefaultObWacCertificateId = [ended];
  if (sealEnded && named.defaultObSealCertificateId) errors.DefaultObSealCertificateId = [sealEnded];
  if (Object.keys(errors).length > 0) throw new Problem('certificate-refused', { errors });

  const wrong = [
    ...(await pairWarnings('obwac', obWac, readSecret)),
    ...(await pairWarnings('obseal', obSeal, readSecret)),
  ];
  const warnings = [...wrong, ...endWarnings('obwac', obWac, nowMs), ...endWarnings('obseal', obSeal, nowMs)];
  // With certificates or keys that are no good the directory would refuse us for that.
  if (wrong.length > 0 || ended || sealEnded) return warnings;
  return [...warnings, ...(await compareWithDirectory(statement, obWac, obSeal, askDirectory))];
}

/** What the dates of a statement's certificates are worth saying, without asking anybody. */
export async function certificateWarnings(
  tenant: TenantId,
  statement: Statement,
  { records, clock }: Pick<CheckDeps, 'records' | 'clock'>,
): Promise<string[]> {
  const { obWac, obSeal } = await findCertificates(tenant, statement, records);
  const nowMs = clock.nowMs();
  return [
    ...(obWac === undefined ? [] : endWarnings('obwac', obWac, nowMs)),
    ...(obSeal === undefined ? [] : endWarnings('obseal', obSeal, nowMs)),
  ];
}

async function findCertificates(tenant: TenantId, statement: Statement, records: CheckDeps['records']) {
  const [obWac, obSeal] = await Promise.all([
    records.obWacCertificates.find(tenant, statement.defaultObWacCertificateId),
    records.obSealCertificates.find(tenant, statement.defaultObSealCertificateId),
  ]);
  return { obWac, obSeal };
}

async function pairWarnings(
  kind: CertificateKind,
  certificate: ObWacCertificate,
  readSecret: CheckDeps['readSecret'],
): Promise<string[]> {
  const found = await checkPair(certificate, readSecret).then(() => [], refusalAsWarning);
  return found.map((warning) => `${certificateNames[kind]}: ${warning}`);
}

function endWarnings(kind: CertificateKind, { certificate }: ObWacCertificate, nowMs: number): string[] {
  return dateWarnings(certificate, nowMs).map((warning) => `${certificateNames[kind]}: ${warning}`);
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
