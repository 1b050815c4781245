// Secrets from the AWS Systems Manager Parameter Store, named as the store names them.
import { referenceTo } from './reference.ts';
import type { ReadReference } from './reference-reader.ts';
import { type ReadSecret, SecretUnavailable, unavailableSecret } from './secret-source.ts';

/** Such a description is a reference by another spelling: what it leads to may not be one. */
export function parameterStoreSecrets(readReference: ReadReference): ReadSecret {
  return async (name) => {
    const reference = referenceTo('aws-ssm', name);
    if (reference !== undefined) return await readReference(reference).catch(unavailableSecret);
    throw new SecretUnavailable('secret-not-found', 'That is no name of a parameter.');
  };
}
