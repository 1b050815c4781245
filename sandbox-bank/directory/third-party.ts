// A third party enrolled in the directory: one organisation with one software statement and its certificates.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Clock } from '../../clock.ts';
import { issueSeal, issueTransport, type Organisation } from '../certificates.ts';
import { keptIdentity, type Pki, sealOf } from '../pki.ts';

export interface ThirdParty extends Organisation {
  softwareId: string;
  softwareName: string;
  roles: string[];
  redirectUris: string[];
  registrationId: string;
  status: 'Active' | 'Revoked' | 'Withdrawn';
  /** Public keys of its seals, the newest last. */
  sealKeys: JWK[];
  /** Where its certificates and keys are. */
  folder: string;
}

export type Enrolment = Omit<ThirdParty, 'sealKeys' | 'organisationIdentifier' | 'folder'>;

/** Makes (or finds again) the certificates of a third party and writes `tpp.json` beside them. */
export async function enrol(
  pki: Pki,
  folder: string,
  enrolment: Enrolment,
  clock: Clock,
): Promise<ThirdParty> {
  const organisationIdentifier = `PSDGB-FCA-${enrolment.registrationId}`;
  const organisation = { ...enrolment, organisationIdentifier };
  const nowMs = clock.nowMs();
  mkdirSync(folder, { recursive: true });
  const [, seal] = await Promise.all([
    keptIdentity(folder, 'obwac', () => issueTransport(pki.authority, organisation, nowMs)),
    keptIdentity(folder, 'obseal', () => issueSeal(pki.authority, organisation, nowMs)),
  ]);
  const thirdParty = { ...organisation, sealKeys: [sealOf(seal).publicJwk], folder };
  describe(thirdParty);
  return thirdParty;
}

/** What a connector is to be told about its own enrolment. */
export function describe(thirdParty: ThirdParty): void {
  const { organisationId, organisationName, softwareId, softwareName, roles, redirectUris } = thirdParty;
  const sealKeyId = thirdParty.sealKeys.at(-1)?.kid;
  const facts = {
    organisationId,
    organisationName,
    softwareId,
    softwareName,
    roles,
    redirectUris,
    sealKeyId,
  };
  writeFileSync(join(thirdParty.folder, 'tpp.json'), `${JSON.stringify(facts, null, 2)}\n`);
}

/** A renewed certificate beside the first, e.g. `obwac-2.pem`; both work until the first ends. Answers the name. */
export async function renew(
  pki: Pki,
  thirdParty: ThirdParty,
  kind: 'obwac' | 'obseal',
  clock: Clock,
): Promise<string> {
  const count = thirdParty.sealKeys.length + 1;
  const name = kind === 'obseal' ? `obseal-${count}` : `obwac-${clock.nowMs()}`;
  const issue = kind === 'obseal' ? issueSeal : issueTransport;
  const identity = await keptIdentity(thirdParty.folder, name, () =>
    issue(pki.authority, thirdParty, clock.nowMs()),
  );
  if (kind === 'obseal') {
    thirdParty.sealKeys.push(sealOf(identity).publicJwk);
    describe(thirdParty);
  }
  return name;
}
