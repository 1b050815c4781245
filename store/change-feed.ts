// News of what was changed, by whichever process, for those who keep copies: told by notifications of Postgres in the
// order of commits. News counts as complete only while beats, notifications to ourselves, come back: whatever was
// committed before a beat was sent has been told when it returns.
import { randomUUID } from 'node:crypto';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type ListeningConnection, listenTo } from './sql.ts';

export interface ChangeListener {
  /** The consent, its grant or its tokens. */
  consentChanged(tenant: TenantId, consentId: string): void;
  /** A registration, or the software statement of some. */
  clientChanged(tenant: TenantId): void;
  /** News may have been missed: nothing that is kept can be relied on. */
  interrupted(): void;
}

export interface ChangeFeed {
  /** There is one. */
  listener: ChangeListener;
  /** Whether everything has been told that was committed longer ago than copies may be old. */
  isComplete(): boolean;
  /** Resolves when everything has been told that was committed before; at once when there is no news anyway. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

export interface ChangeFeedOptions {
  url: string;
  applicationName: string;
  /** How old copies may be. */
  completeForMs?: number;
  beatEveryMs?: number;
  /** How long a beat may take before the connection is given up. */
  deadlineMs?: number;
  /** When there is news, and when there is none any more. */
  onState?(isListening: boolean): void;
}

const consentChannel = 'consent_changed';
const clientChannel = 'client_changed';

/** Before a connection that failed is made anew. */
const reconnectMs = 100;
const idLength = 36;

export function openChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { url, applicationName, completeForMs = 600, beatEveryMs = 200, deadlineMs = 2_000 } = options;
  let closing = false;
  let wake = () => {};
  let hangUp = () => {};
  let provenAtMs = Number.NEGATIVE_INFINITY;
  let beat = () => Promise.resolve();

  const feed: ChangeFeed = {
    listener: { consentChanged: () => {}, clientChanged: () => {}, interrupted: () => {} },
    isComplete: () => performance.now() - provenAtMs < completeForMs,
    caughtUp: () => beat(),
    close: async () => {
      closing = true;
      wake();
      hangUp();
      await ended;
    },
  };

  function tell(channel: string, payload: string): void {
    const tenant = payload.slice(idLength + 1);
    if (channel === consentChannel) feed.listener.consentChanged(tenant, payload.slice(0, idLength));
    else feed.listener.clientChanged(tenant);
  }

  /** From connecting to the loss of the connection. */
  async function listen(): Promise<void> {
    const ownChannel = `beat_${randomUUID()}`;
    const returning = new Map<string, () => void>();
    const lost = Promise.withResolvers<void>();
    let isLost = false;
    let beats = 0;
    hangUp = () => {
      isLost = true;
      lost.resolve();
    };
    const connection: ListeningConnection = await listenTo({
      ...{ url, applicationName: `${applicationName} listener`, deadlineMs },
      channels: [consentChannel, clientChannel, ownChannel],
      onNotification: (channel, payload) => {
        if (isLost) return;
        if (channel === ownChannel) returning.get(payload)?.();
        else tell(channel, payload);
      },
      onLost: hangUp,
    });
    /** Resolves when it has come back. */
    async function sendBeat(): Promise<void> {
      const number = String(++beats);
      const sentAtMs = performance.now();
      const returned = new Promise<void>((resolve) => {
        returning.set(number, () => {
          returning.delete(number);
          provenAtMs = Math.max(provenAtMs, sentAtMs);
          resolve();
        });
      });
      // The notification of a transaction is told after its end: the answer to the statement says nothing yet.
      await connection.notify(ownChannel, number);
      await Promise.race([returned, lost.promise, elapsed(deadlineMs)]);
      if (returning.has(number)) throw new Error('The beat did not come back.');
    }
    try {
      await sendBeat();
      options.onState?.(true);
      beat = () => sendBeat().catch(hangUp);
      while (!isLost) {
        await Promise.race([pause(beatEveryMs), lost.promise]);
        if (!isLost) await sendBeat();
      }
    } finally {
      isLost = true;
      provenAtMs = Number.NEGATIVE_INFINITY;
      beat = () => Promise.resolve();
      connection.close();
      feed.listener.interrupted();
      options.onState?.(false);
    }
  }

  /** Ends early when the feed is to close. */
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function keepListening(): Promise<void> {
    while (!closing) {
      await listen().catch(() => {});
      if (!closing) await pause(reconnectMs);
    }
  }
  const ended = keepListening();
  return feed;
}

const elapsed = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
