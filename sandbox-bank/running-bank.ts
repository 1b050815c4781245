// One bank while it runs: its personality and everything its parts share.

import type { JSONWebKeySet } from 'jose';
import type OidcProvider from 'oidc-provider';
import type { Clock } from '../clock.ts';
import type { Knobs } from './knobs.ts';
import type { Personality } from './personalities/personality.ts';
import type { Seal } from './pki.ts';
import type { Registration } from './registration/registration.ts';
import type { BankState } from './resources/bank-state.ts';
import type { Table } from './resources/journal.ts';
import type { BankUrls, Listeners } from './served-addresses.ts';
import type { TokenCounters } from './token-counters.ts';

/** The directory, as a bank knows it. */
export interface DirectoryPort {
  jwksUrl: string;
  /** Keys published under a URL of the directory. */
  fetchKeys(url: string): Promise<JSONWebKeySet>;
  fetch(url: string, options: object): Promise<unknown>;
}

/** What an authorisation gave: which consent its tokens belong to. */
export interface GivenGrant {
  grantId: string;
  consentId: string;
  /** Of the first request about this consent. */
  firstNonce?: string;
}

export interface BankParts {
  personality: Personality;
  urls: BankUrls;
  listeners: Listeners;
  clock: Clock;
  knobs: Knobs;
  seal: Seal;
  state: BankState;
  directory: DirectoryPort;
  /** By grant id. */
  grants: Table<GivenGrant>;
  /** By client id. */
  registrations: Table<Registration>;
  tokenCounters: TokenCounters;
}

export interface RunningBank extends BankParts {
  provider: OidcProvider;
}
