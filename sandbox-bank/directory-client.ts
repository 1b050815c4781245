// How banks ask the directory: over TLS with the sandbox's own authority, key sets remembered for a minute.
import type { JSONWebKeySet } from 'jose';
import { Agent, fetch } from 'undici';
import type { Clock } from '../clock.ts';
import type { DirectoryPort } from './running-bank.ts';

const keptMs = 60_000;

export function createDirectoryClient(
  authority: string,
  jwksUrl: string,
  clock: Clock,
): DirectoryPort & { close(): Promise<void> } {
  const dispatcher = new Agent({ connect: { ca: authority } });
  const known = new Map<string, { keys: JSONWebKeySet; untilMs: number }>();

  async function fetchKeys(url: string): Promise<JSONWebKeySet> {
    const kept = known.get(url);
    if (kept && kept.untilMs > clock.nowMs()) return kept.keys;
    const response = await fetch(url, { dispatcher });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the directory answered ${response.status}`);
    }
    const keys = readKeySet(await response.json());
    known.set(url, { keys, untilMs: clock.nowMs() + keptMs });
    return keys;
  }

  return {
    jwksUrl,
    fetchKeys,
    // In place of oidc-provider's own way out, which refuses loopback addresses.
    fetch: (url, options) => fetch(url, { ...options, dispatcher }),
    close: () => dispatcher.close(),
  };
}

function readKeySet(body: unknown): JSONWebKeySet {
  if (typeof body !== 'object' || body === null || !('keys' in body) || !Array.isArray(body.keys))
    throw new Error('the directory sent no key set');
  return { keys: body.keys };
}
