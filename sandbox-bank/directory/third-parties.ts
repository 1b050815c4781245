// Who is enrolled in the directory: one third party from the start, others when tests ask for them.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Pki } from '../pki.ts';
import { Journal, type Table } from '../resources/journal.ts';
import { describe, type Enrolment, enrol, renew, type ThirdParty } from './third-party.ts';

/** The third party everybody may use; its ids never change. */
const seeded = {
  organisationId: '0015800001TPPSBOXA',
  organisationName: 'Sandbox Third Party Ltd',
  softwareId: 'SandboxThirdPartySoft1',
  softwareName: 'Durable Open Banking',
  roles: ['AISP', 'PISP', 'CBPII'],
  registrationId: '900001',
  status: 'Active',
} as const;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class ThirdParties {
  readonly #pki: Pki;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #table: Table<ThirdParty>;

  constructor(pki: Pki, dataFolder: string, clock: Clock) {
    this.#pki = pki;
    this.#folder = dataFolder;
    this.#clock = clock;
    this.#table = new Journal(join(dataFolder, 'directory.jsonl')).table('third-parties');
  }

  bySoftware(softwareId: string): ThirdParty | undefined {
    return this.#table.get(softwareId);
  }

  /** Enrols the third party of the start, or gives it other redirect URIs. Answers the folder of its certificates. */
  async seed(redirectUris: string[]): Promise<string> {
    const known = this.#table.get(seeded.softwareId);
    const folder = join(this.#folder, 'tpp');
    if (known) {
      this.setRedirectUris(seeded.softwareId, redirectUris);
      return folder;
    }
    await this.#add(folder, { ...seeded, roles: [...seeded.roles], redirectUris });
    return folder;
  }

  async add(wishes: Partial<Enrolment>): Promise<ThirdParty> {
    const softwareId = wishes.softwareId ?? randomWord(22);
    return this.#add(join(this.#folder, 'tpps', softwareId), {
      ...seeded,
      roles: [...seeded.roles],
      redirectUris: ['https://other.example/callback'],
      organisationId: `0015800001${randomWord(8)}`,
      organisationName: 'Another Third Party Ltd',
      softwareName: 'Another App',
      registrationId: String(900_002 + (randomBytes(2).readUInt16BE() % 90_000)),
      ...wishes,
      softwareId,
    });
  }

  /** False when there is no such software. */
  setRedirectUris(softwareId: string, redirectUris: string[]): boolean {
    const known = this.#table.get(softwareId);
    if (!known) return false;
    known.redirectUris = redirectUris;
    this.#table.set(softwareId, known);
    describe(known);
    return true;
  }

  /** The path of the new certificate without `.pem`; its key lies beside it. */
  async renew(softwareId: string, kind: 'obwac' | 'obseal'): Promise<string | undefined> {
    const known = this.#table.get(softwareId);
    if (!known) return undefined;
    const name = await renew(this.#pki, known, kind, this.#clock);
    this.#table.set(softwareId, known);
    return join(known.folder, name);
  }

  async #add(folder: string, enrolment: Enrolment): Promise<ThirdParty> {
    const thirdParty = await enrol(this.#pki, folder, enrolment, this.#clock);
    this.#table.set(thirdParty.softwareId, thirdParty);
    return thirdParty;
  }
}

function randomWord(length: number): string {
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');
}
