// The first journey: hand over certificates and software statement, and become a client of the bank.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registrationWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Stage } from '../stage.ts';

export interface Registered {
  id: string;
  clientId: string;
}

export async function register({
  connector,
  watch,
  narrator,
  tppDir,
  secretsDir,
}: Stage): Promise<Registered> {
  narrator.title('Client registration at the sandbox bank');
  const file = (name: string) => readFileSync(join(tppDir, name), 'utf8');
  const tpp = JSON.parse(file('tpp.json'));
  const keyOf = (kind: string) => {
    const name = `sandbox-${kind}.key`;
    copyFileSync(join(tppDir, `${kind}.key`), join(secretsDir, name));
    return { Source: 'File', Name: name };
  };
  const reference = { Reference: 'demo' };
  const obWac = await connector.call('POST', '/manage/obwac-certificates', {
    ...{ AssociatedKey: keyOf('obwac'), Certificate: file('obwac.pem') },
    ...reference,
  });
  const obSeal = await connector.call('POST', '/manage/obseal-certificates', {
    ...{ AssociatedKey: keyOf('obseal'), AssociatedKeyId: tpp.sealKeyId, Certificate: file('obseal.pem') },
    ...reference,
  });
  narrator.step('took our transport and signing certificates; their keys stay in files');
  const redirectUrl = (mode: string) =>
    tpp.redirectUris.find((uri: string) => uri.endsWith(`/${mode}-redirect`));
  const statement = await connector.call('POST', '/manage/software-statements', {
    ...{ OrganisationId: tpp.organisationId, SoftwareId: tpp.softwareId, SandboxEnvironment: true },
    ...{ DefaultObWacCertificateId: obWac.Id, DefaultObSealCertificateId: obSeal.Id },
    ...{ DefaultQueryRedirectUrl: redirectUrl('query'), DefaultFragmentRedirectUrl: redirectUrl('fragment') },
    ...reference,
  });
  narrator.step('took our software statement');
  const registration = await connector.call('POST', '/manage/bank-registrations', {
    ...{ BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: statement.Id, ...reference },
  });
  await watch.follow(registrationWorkflowId(registration.Id));
  narrator.step(`the bank knows us as client ${registration.ExternalApiId}`);
  return { id: registration.Id, clientId: registration.ExternalApiId };
}
