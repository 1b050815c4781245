// Structured logs. What must never be written down is removed here, whoever logs it by mistake.
import { type DestinationStream, type Logger, pino } from 'pino';

/** Members that hold secrets or personal data wherever they turn up, three levels deep. */
const secretMembers = [
  ...[
    'authorization',
    'cookie',
    'access_token',
    'refresh_token',
    'id_token',
    'client_secret',
    'client_assertion',
  ],
  ...[
    'accessToken',
    'refreshToken',
    'idToken',
    'clientSecret',
    'code',
    'code_verifier',
    'codeVerifier',
    'nonce',
  ],
  ...['request', 'password', 'privateKey', 'key', 'endpointResponse', 'body', 'Identification', 'Name'],
  ...['x-fapi-customer-ip-address', 'x-jws-signature', 'app_session_id', 'AppSessionId', 'response', 'state'],
];

export type { Logger } from 'pino';

/** A logger of one process: JSON lines, ISO times, secrets removed. */
export function createLogger(role: string, level: string, destination?: DestinationStream): Logger {
  const quoted = secretMembers.map((name) => `["${name}"]`);
  return pino(
    {
      level,
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['', '*', '*.*'].flatMap((depth) => quoted.map((name) => `${depth}${name}`)),
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination(2),
  );
}
