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
    destination ?? standardError,
  );
}

let waiting = '';
const target = pino.destination(2);

function writeWaiting(): void {
  const lines = waiting;
  waiting = '';
  if (lines !== '') target.write(lines);
}

/**
 * The lines of one turn of the event loop are written together at its end: a system call for each would cost the busy path
 * a tenth, before its answer has left. A process that ends, however it is told to, writes what it still has.
 */
const standardError: DestinationStream = {
  write(line) {
    if (waiting === '') setImmediate(writeWaiting);
    waiting += line;
  },
};
process.on('exit', writeWaiting);
