// What `aws-ssm:/path/name` leads to: a parameter of the AWS Systems Manager Parameter Store, decrypted
// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html). Region, credentials and
// endpoint are found by the SDK as AWS documents it. The SDK is loaded by the first read: most installations never do.
import { atMost } from './at-most.ts';
import { type ReferenceProblem, ReferenceUnusable } from './reference-unusable.ts';

export interface ParameterStoreOptions {
  /** For one parameter, the second attempt included. */
  timeLimitMs?: number;
  /** The store answers 40 requests a second by default, for a whole account. */
  parallelReads?: number;
}

type GetParameter = (name: string, abortSignal: AbortSignal) => Promise<string | undefined>;

/** Reads parameters by name. Rejects with {@link ReferenceUnusable}. */
export function createParameterStore({ timeLimitMs = 6_000, parallelReads = 4 }: ParameterStoreOptions = {}) {
  const inTurn = atMost(parallelReads);
  let connected: Promise<GetParameter> | undefined;

  async function read(name: string): Promise<string> {
    const reference = { source: 'aws-ssm', name } as const;
    connected ??= connect(Math.ceil(timeLimitMs / 2));
    const get = await connected.catch(() => {
      connected = undefined;
      const reason = 'the package @aws-sdk/client-ssm cannot be loaded';
      throw new ReferenceUnusable('reference-source-unavailable', { reference, reason });
    });
    let value: string | undefined;
    try {
      value = await withinMs(timeLimitMs, (signal) => get(name, signal));
    } catch (error) {
      // Only the name of what went wrong is kept: the SDK's error may quote the answer, and the answer the value.
      throw new ReferenceUnusable(...whyNot(error, reference, timeLimitMs));
    }
    if (value !== undefined) return value;
    const reason = 'the answer holds no value';
    throw new ReferenceUnusable('reference-unreadable', { reference, reason });
  }
  return (name: string) => inTurn(() => read(name));
}

async function connect(attemptMs: number): Promise<GetParameter> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: attemptMs, requestTimeout: attemptMs, throwOnRequestTimeout: true },
  });
  return async (Name, abortSignal) => {
    const answer = await client.send(new GetParameterCommand({ Name, WithDecryption: true }), {
      abortSignal,
    });
    return answer.Parameter?.Value;
  };
}

/** The limit holds for the search for credentials too, which does not listen to signals. */
async function withinMs<Result>(
  limitMs: number,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    controller.abort();
    reject(new DOMException('too late', 'TimeoutError'));
  }, limitMs);
  try {
    return await Promise.race([act(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

const missing = ['ParameterNotFound', 'ParameterVersionNotFound'];
const denied = [
  ...['AccessDeniedException', 'UnrecognizedClientException', 'InvalidSignatureException', 'InvalidKeyId'],
  ...['ExpiredTokenException', 'IncompleteSignatureException', 'MissingAuthenticationTokenException'],
];
const unconfigured = ['CredentialsProviderError', 'TokenProviderError'];

function whyNot(
  error: unknown,
  reference: { source: 'aws-ssm'; name: string },
  limitMs: number,
): [ReferenceProblem, { reference: typeof reference; reason: string; transient?: boolean }] {
  const name = error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error';
  if (missing.includes(name))
    return ['reference-not-found', { reference, reason: `there is no such parameter (${name})` }];
  if (denied.includes(name))
    return ['reference-denied', { reference, reason: `AWS does not let us read it (${name})` }];
  if (unconfigured.includes(name))
    return ['reference-denied', { reference, reason: `there are no usable AWS credentials (${name})` }];
  if (error instanceof Error && error.message === 'Region is missing')
    return ['reference-source-unavailable', { reference, reason: 'no AWS region is configured' }];
  const reason =
    name === 'TimeoutError'
      ? `no answer within ${limitMs} ms`
      : `the parameter store did not answer it (${name})`;
  return ['reference-source-unavailable', { reference, reason, transient: true }];
}
