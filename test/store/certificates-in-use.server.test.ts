// Which certificates are watched: what living software statements of the tenant name, each once.
import { expect, it } from 'vitest';
import { newObSeal, newObWac, newStatement, otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

const database = useTestDatabase();

async function addPair(of = tenant) {
  const { obWacCertificates, obSealCertificates } = database.store;
  const obWac = await obWacCertificates.insert(of, newObWac());
  const obSeal = await obSealCertificates.insert(of, newObSeal());
  return { obWac, obSeal };
}

it("are those that living statements name, once each, and no other tenant's", async () => {
  const { softwareStatements, listCertificatesInUse } = database.store;
  expect(await listCertificatesInUse(tenant)).toEqual([]);
  const { obWac, obSeal } = await addPair();
  const { obWac: spare } = await addPair();
  const first = await softwareStatements.insert(tenant, newStatement(obWac.id, obSeal.id));
  const second = await softwareStatements.insert(tenant, newStatement(obWac.id, obSeal.id));
  const others = await addPair(otherTenant);
  await softwareStatements.insert(otherTenant, newStatement(others.obWac.id, others.obSeal.id));
  const used = [
    { kind: 'obwac', id: obWac.id, certificate: obWac.certificate },
    { kind: 'obseal', id: obSeal.id, certificate: obSeal.certificate },
  ];
  expect(await listCertificatesInUse(tenant)).toEqual(used);

  await softwareStatements.update(tenant, first.id, { defaultObWacCertificateId: spare.id });
  const inUse = (await listCertificatesInUse(tenant)).map(({ id }) => id);
  expect(inUse.sort()).toEqual([obWac.id, spare.id, obSeal.id].sort());

  await softwareStatements.softDelete(tenant, first.id);
  expect(await listCertificatesInUse(tenant)).toEqual(used);
  await softwareStatements.softDelete(tenant, second.id);
  expect(await listCertificatesInUse(tenant)).toEqual([]);
});
