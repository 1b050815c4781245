// All banks of the sandbox, each opened when it is first asked for: a provider for every one of them would slow the start.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { initialKnobs, type Knobs } from './knobs.ts';
import { openBank, type Surroundings } from './open-bank.ts';
import type { Personality } from './personalities/personality.ts';
import type { Registration } from './registration/registration.ts';
import type { RunningBank } from './running-bank.ts';

export class Banks {
  readonly personalities: ReadonlyMap<string, Personality>;
  readonly #surroundings: Surroundings;
  readonly #opening = new Map<string, Promise<RunningBank>>();
  readonly #open = new Map<string, RunningBank>();

  constructor(personalities: readonly Personality[], surroundings: Surroundings) {
    this.personalities = new Map(personalities.map((personality) => [personality.name, personality]));
    this.#surroundings = surroundings;
  }

  get names(): string[] {
    return [...this.personalities.keys()];
  }

  /** Throws when there is no bank of this name. */
  open(name: string): Promise<RunningBank> {
    const known = this.#opening.get(name);
    if (known) return known;
    const opening = this.#openNow(name);
    this.#opening.set(name, opening);
    return opening;
  }

  /** A bank that somebody has asked for. */
  running(name: string): RunningBank | undefined {
    return this.#open.get(name);
  }

  /** Whether it was ever asked for, in this process or before: others can know no token and have nothing to count. */
  wasEverAsked(name: string): boolean {
    const main = this.personalities.get(name)?.entranceTo ?? name;
    return this.#opening.has(main) || existsSync(join(this.#surroundings.folder, main));
  }

  /** Also of a brand that nobody asked, whose clients came to another. */
  clientCount(personality: Personality): number {
    const shared = this.#surroundings.books.of(personality)?.table<Registration>('registrations');
    return [...(shared ?? this.running(personality.name)?.registrations ?? new Map()).values()].length;
  }

  knobsOf(personality: Personality): Knobs {
    return this.running(personality.name)?.knobs ?? initialKnobs(personality);
  }

  /** Public keys of an organisation's banks; nothing when it has none. Banks that were never asked have no key yet. */
  keysOf(organisationId: string): JWK[] | undefined {
    const own = [...this.personalities.values()].filter((one) => one.organisationId === organisationId);
    if (own.length === 0) return undefined;
    return own.flatMap(({ name }) => this.running(name)?.seal.publicJwk ?? []);
  }

  async #openNow(name: string): Promise<RunningBank> {
    const personality = this.personalities.get(name);
    if (!personality) throw new Error(`there is no bank ${name}`);
    const { entranceTo } = personality;
    const main = entranceTo === undefined ? undefined : await this.open(entranceTo);
    const bank = await openBank(personality, this.#surroundings, main);
    this.#open.set(name, bank);
    return bank;
  }
}
