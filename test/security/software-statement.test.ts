import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { readSoftwareStatement, verifySoftwareStatement } from '../../security/software-statement.ts';
import { makeSigningKey } from './identities.ts';

const claims = {
  ...{ software_id: 'software-1', org_id: 'org-1', software_roles: ['AISP'] },
  software_redirect_uris: ['https://tpp.example/'],
  software_jwks_endpoint: 'https://directory.example/software-1.jwks',
};

it('a software statement is read, and verified with the keys of the directory', async () => {
  const [directory, stranger] = [await makeSigningKey('d-1', 'PS256'), await makeSigningKey('d-1', 'PS256')];
  const signed = (payload: object, { key, kid } = directory) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'PS256', kid }).sign(key);
  const keys = { keys: [directory.publicJwk] };

  expect(readSoftwareStatement(await signed(claims))).toMatchObject(claims);
  expect(await verifySoftwareStatement(await signed(claims), keys)).toMatchObject(claims);
  const forged = verifySoftwareStatement(await signed(claims, stranger), keys);
  await expect(forged).rejects.toMatchObject({ name: 'SoftwareStatementRefused', check: 'signature' });
  await expect(verifySoftwareStatement(await signed(claims), { keys: [] })).rejects.toMatchObject({
    check: 'unknown-key',
  });
  expect(() => readSoftwareStatement('no statement')).toThrow('format');
  const incomplete = await signed({ ...claims, software_redirect_uris: undefined });
  expect(() => readSoftwareStatement(incomplete)).toThrow('format');
});
