// What a secret source is: something that knows the text behind a name. The descriptions are the API's
// `SecretDescription` objects; they name a secret and never hold one.
import { type ReferenceProblem, ReferenceUnusable } from './reference-unusable.ts';

export const secretSources = [
  'Configuration',
  'File',
  'AwsSsmParameterStore',
  'GoogleCloudSecretManagerV1',
] as const;

export type SecretSource = (typeof secretSources)[number];

export interface SecretDescription {
  source: SecretSource;
  name: string;
}

/** Reads the text behind a name. Rejects with {@link SecretUnavailable}. */
export type ReadSecret = (name: string) => Promise<string>;

export class SecretUnavailable extends Error {
  override name = 'SecretUnavailable';
  readonly code: 'secret-not-found' | 'secret-source-unavailable';
  /** What is wrong with the reference that leads to the secret, when one does. */
  readonly problem: ReferenceProblem | undefined;
  /** Whether another attempt may succeed without anybody mending anything. */
  readonly transient: boolean;
  constructor(code: SecretUnavailable['code'], message: string, because?: ReferenceUnusable) {
    super(message);
    this.code = code;
    this.problem = because?.code;
    this.transient = because?.transient ?? false;
  }
}

/** @throws {SecretUnavailable} for a reference that leads to no secret; whatever else went wrong as it is */
export function unavailableSecret(error: unknown): never {
  if (!(error instanceof ReferenceUnusable)) throw error;
  const code = error.code === 'reference-not-found' ? 'secret-not-found' : 'secret-source-unavailable';
  throw new SecretUnavailable(code, error.message, error);
}
