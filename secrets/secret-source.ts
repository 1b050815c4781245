// What a secret source is: something that knows the text behind a name. The descriptions are the API's
// `SecretDescription` objects; they name a secret and never hold one.

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
  constructor(code: SecretUnavailable['code'], message: string) {
    super(message);
    this.code = code;
  }
}
