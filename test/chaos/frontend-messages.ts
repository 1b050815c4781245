// What a client of Postgres says, as far as it tells which statement runs.
// https://www.postgresql.org/docs/18/protocol-message-formats.html

/** One round of statements: everything up to a Sync, or a simple query. */
export interface Round {
  /** The text of its last statement. */
  sql: string;
}

export interface ClientWords {
  /** Of the start-up packet. */
  applicationName: string;
  /** @returns the pieces to be passed on, each with the round that it completes */
  take(bytes: Buffer): { bytes: Buffer; round?: Round }[];
}

export function hearClient(): ClientWords {
  const statements = new Map<string, string>();
  let pending: Buffer = Buffer.alloc(0);
  let isStarted = false;
  let sql = '';
  const heard: ClientWords = { applicationName: '', take };
  return heard;

  function take(bytes: Buffer): { bytes: Buffer; round?: Round }[] {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    const pieces: { bytes: Buffer; round?: Round }[] = [];
    for (;;) {
      const length = isStarted ? typedLength(pending) : plainLength(pending);
      if (length === undefined) return pieces;
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      pieces.push(isStarted ? { bytes: message, ...heardIn(message) } : { bytes: started(message) });
    }
  }

  function started(message: Buffer): Buffer {
    const words = textsOf(message.subarray(8));
    heard.applicationName = words[words.indexOf('application_name') + 1] ?? '';
    isStarted = true;
    return message;
  }

  function heardIn(message: Buffer): { round?: Round } {
    const words = () => textsOf(message.subarray(5));
    switch (String.fromCharCode(message[0] ?? 0)) {
      case 'P': {
        const [name = '', text = ''] = words();
        statements.set(name, text);
        sql = text;
        return {};
      }
      case 'B':
        sql = statements.get(words()[1] ?? '') ?? sql;
        return {};
      case 'Q':
        return { round: { sql: words()[0] ?? '' } };
      case 'S':
        return { round: { sql } };
      default:
        return {};
    }
  }
}

export interface ServerWords {
  /** @returns the pieces to be passed on, each told whether it ends a round */
  take(bytes: Buffer): { bytes: Buffer; endsRound: boolean }[];
}

export function hearServer(): ServerWords {
  let pending: Buffer = Buffer.alloc(0);
  return {
    take(bytes) {
      pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const pieces: { bytes: Buffer; endsRound: boolean }[] = [];
      for (let length = typedLength(pending); length !== undefined; length = typedLength(pending)) {
        const message = pending.subarray(0, length);
        pending = pending.subarray(length);
        pieces.push({ bytes: message, endsRound: message[0] === readyForQuery });
      }
      return pieces;
    },
  };
}

const readyForQuery = 'Z'.charCodeAt(0);

/** Of a message with a type before its length; undefined while it has not come whole. */
function typedLength(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  const length = 1 + bytes.readInt32BE(1);
  return bytes.length < length ? undefined : length;
}

function plainLength(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readInt32BE(0);
  return bytes.length < length ? undefined : length;
}

const textsOf = (bytes: Buffer) => bytes.toString('latin1').split('\0');
