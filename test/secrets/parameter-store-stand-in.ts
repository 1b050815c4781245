// A stand-in for the AWS Systems Manager Parameter Store that speaks its wire protocol, AWS JSON 1.1 over HTTP, as
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html has it. It checks signatures.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { findSignatureFault, type Signer } from './signature-v4.ts';

const GetParameter = z.strictObject({ Name: z.string(), WithDecryption: z.boolean().default(false) });

/** How a request may go wrong. Some answers quote the value, as a careless server might: it must not be passed on. */
export type Fault =
  | 'access-denied'
  | 'throttled'
  | 'internal-error'
  | 'garbage'
  | 'no-answer'
  | 'cut-off'
  | 'no-value';

export interface StandIn {
  url: string;
  /** The environment in which the SDK finds it. */
  environment: Record<string, string>;
  parameters: Map<string, string>;
  /** Taken in turn, one per request, before parameters are looked at. */
  faults: Fault[];
  /** What was asked for, and answered how. */
  requests: { name: string; answer: string }[];
  /** How many requests were being answered at one time, at most. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

export async function startStandIn({ answerAfterMs = 0 } = {}): Promise<StandIn> {
  const signer: Signer = {
    accessKeyId: 'AKIASTANDIN000000000',
    secretAccessKey: 'stand-in/secret/access/key',
    region: 'eu-west-2',
    service: 'ssm',
  };
  const parameters = new Map<string, string>();
  const faults: Fault[] = [];
  const requests: StandIn['requests'] = [];
  let atOnce = 0;
  let most = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const note = { name: '', answer: '' };
    requests.push(note);
    const send = (status: number, content: unknown) => {
      note.answer = z.looseObject({ __type: z.string() }).safeParse(content).data?.__type ?? 'ok';
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'a1b2c3d4-0000-4000-8000-000000000000',
      });
      response.end(JSON.stringify(content));
    };
    const { method = '', url: path = '', headers } = request;
    const fault = findSignatureFault({ method, path, headers, body }, signer, Date.now());
    if (fault !== undefined) return send(400, { __type: 'InvalidSignatureException', message: fault });
    if (method !== 'POST' || path !== '/' || headers['content-type'] !== 'application/x-amz-json-1.1')
      return send(404, { __type: 'UnknownOperationException' });
    if (headers['x-amz-target'] !== 'AmazonSSM.GetParameter')
      return send(400, { __type: 'UnknownOperationException' });
    const asked = GetParameter.safeParse(JSON.parse(body));
    if (!asked.success) return send(400, { __type: 'SerializationException' });
    const { Name, WithDecryption } = asked.data;
    note.name = Name;
    const [, bare = '', version] = /^(.*?)(?::(\d+))?$/.exec(Name) ?? [];
    const value = parameters.get(Name) ?? parameters.get(bare);
    const planned = faults.shift();
    if (planned !== undefined) note.answer = planned;
    switch (planned) {
      case 'access-denied':
        return send(400, {
          __type: 'AccessDeniedException',
          Message: `User: arn:aws:iam::000000000000:user/x is not authorized to perform: ssm:GetParameter on ${value}`,
        });
      case 'throttled':
        return send(400, { __type: 'ThrottlingException', message: 'Rate exceeded' });
      case 'internal-error':
        return send(500, { __type: 'InternalServerError', message: `while reading ${value}` });
      case 'garbage':
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(`{"Value":${value}`); // JSON.parse quotes the beginning of what it cannot read
        return;
      case 'cut-off':
        request.socket.destroy();
        return;
      case 'no-value':
        return send(200, { Parameter: { Name: bare, Type: 'SecureString', Version: 1 } });
      case 'no-answer':
        return;
    }
    if (value === undefined) return send(400, { __type: 'ParameterNotFound', message: '' });
    // Without being told to, the store answers what it keeps: the encrypted text.
    const Value = WithDecryption ? value : 'AQICAHencrypted';
    const ARN = `arn:aws:ssm:${signer.region}:000000000000:parameter${bare}`;
    send(200, {
      Parameter: {
        ...{ ARN, DataType: 'text', LastModifiedDate: 1_763_700_000.123, Name: bare },
        ...{ Type: 'SecureString', Value, Version: Number(version ?? 1) },
      },
    });
  }

  const server = createServer((request, response) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.once('close', () => {
      atOnce -= 1;
    });
    setTimeout(() => void answer(request, response), answerAfterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    environment: {
      AWS_ACCESS_KEY_ID: signer.accessKeyId,
      AWS_SECRET_ACCESS_KEY: signer.secretAccessKey,
      AWS_REGION: signer.region,
      AWS_ENDPOINT_URL_SSM: url,
      // What the machine at hand has of its own must not be found.
      ...{ AWS_PROFILE: '', AWS_SESSION_TOKEN: '', AWS_ENDPOINT_URL: '', AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    },
    parameters,
    faults,
    requests,
    mostAtOnce: () => most,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
