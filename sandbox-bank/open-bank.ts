// Puts one bank together: what it remembers, its authorisation server and its resource server.
import { join } from 'node:path';
import { authenticate } from './authentication.ts';
import { createAuthorisationServer } from './authorisation-server.ts';
import type { ClientBooks } from './client-books.ts';
import type { RequestLog } from './control/request-log.ts';
import { initialKnobs } from './knobs.ts';
import type { Personality } from './personalities/personality.ts';
import { openSeal, type Pki } from './pki.ts';
import { createResourceApp } from './resources/app.ts';
import { BankState } from './resources/bank-state.ts';
import { Journal } from './resources/journal.ts';
import type { BankParts, DirectoryPort, RunningBank } from './running-bank.ts';
import { type Listeners, servedAt, urlsOf } from './served-addresses.ts';
import { TokenCounters } from './token-counters.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The directory's domain, as message signatures name it. */
const trustAnchor = 'openbanking.org.uk';

export interface Surroundings {
  clock: VirtualClock;
  directory: DirectoryPort;
  log: RequestLog;
  pki: Pki;
  urls: Listeners;
  /** Where banks keep what they remember. */
  folder: string;
  /** The clients that brands share. */
  books: ClientBooks;
  seed: string;
}

/** `main` is the bank this one is a second entrance to: everything but name and addresses is its. */
export async function openBank(
  personality: Personality,
  { clock, directory, log, pki, urls, folder, books, seed }: Surroundings,
  main?: RunningBank,
): Promise<RunningBank> {
  const { name, displayName, organisationId, organisationIdentifier } = personality;
  const own = { personality, urls: urlsOf(personality, urls), listeners: urls };
  if (main) return { ...main, ...own };
  const ownFolder = join(folder, name);
  const journal = new Journal(join(ownFolder, 'authorisation.jsonl'));
  const organisation = { organisationId, organisationIdentifier, organisationName: displayName };
  const clients = books.of(personality) ?? journal;
  const parts: BankParts = {
    ...own,
    clock,
    knobs: initialKnobs(personality),
    seal: await openSeal(pki, `${name}-seal`, organisation, clock),
    state: new BankState({ seed, clock, folder: ownFolder }),
    directory,
    grants: journal.table('grants'),
    registrations: clients.table('registrations'),
    tokenCounters: new TokenCounters(),
  };
  const provider = createAuthorisationServer(
    parts,
    { journal, clients },
    {
      grantTypeSeen: (context, grantType) => log.note(context.req, { grantType }),
    },
  );
  return { ...parts, provider };
}

export function resourcesOf(bank: RunningBank) {
  const { personality, urls, listeners, clock, knobs, seal, state, directory, registrations } = bank;
  return createResourceApp({
    authenticate: (request) => authenticate(bank, request),
    clientKeys: async (clientId) => {
      const registration = registrations.get(clientId);
      return registration ? directory.fetchKeys(registration.jwksUrl) : { keys: [] };
    },
    signing: { key: seal.key, kid: seal.kid, orgId: personality.organisationId, trustAnchor },
    clock,
    personality: personality.name,
    groupUrl: (version, group) =>
      urls.resources.find((base) => base.version === version && base.group === group)?.url ?? '',
    servedAt: (realAddress) => servedAt(listeners.api, realAddress),
    choices: personality.resources,
    state,
    knobs,
  });
}
