// Where a secret is read from, in the words of callers and of records.
import type { z } from 'zod';
import type { SecretDescription } from '../../secrets/secret-source.ts';
import type { SecretDescription as Schema } from '../schemas/shared.ts';

export function secretDescription({ Source, Name }: z.output<typeof Schema>): SecretDescription {
  return { source: Source, name: Name };
}

export function secretMembers({ source, name }: SecretDescription): z.output<typeof Schema> {
  return { Source: source, Name: name };
}
