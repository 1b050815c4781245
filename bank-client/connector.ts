// From a registration's records to a bank that can be talked to.
import type { NamedProfile, ProfileBook } from '../bank-profiles/book.ts';
import { resolveProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { asPem, readCertificate } from '../security/keys.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import { type Applicant, createApplicant } from './applicant.ts';
import { type Bank, createBank } from './bank.ts';
import {
  type DirectoryAddresses,
  fetchSoftwareStatement,
  type SoftwareStatementAssertion,
} from './directory.ts';
import { createDiscovery } from './discovery.ts';
import { createKeySets } from './key-sets.ts';
import { type OwnRecords, type ReadSecret, readOwnIdentity } from './own-identity.ts';
import { createTransport, type TransportOptions } from './transport.ts';

/** A profile that registrations were made with, and that nobody provides any more. */
export class ProfileGone extends Error {
  override name = 'ProfileGone';
  constructor(bankProfile: string) {
    super(`There is no bank profile ${bankProfile} any more.`);
  }
}

export interface BankConnectorOptions extends TransportOptions {
  clock: Clock;
  readSecret: ReadSecret;
  profiles: Pick<ProfileBook, 'find'>;
  /** Values of the variables that profiles leave to configuration. */
  settings: Readonly<Record<string, string>>;
  directories: { production: DirectoryAddresses; sandbox: DirectoryAddresses };
}

export interface BankConnector {
  /** @throws {ConfigurationMissing} @throws when the registration has no client at the bank */
  connect(context: RegistrationContext): Promise<Bank>;
  /** For a single use, and not kept: with another certificate than the present one. */
  connectOnce(context: RegistrationContext): Promise<Bank>;
  /** For a registration that has no client yet. @throws {ConfigurationMissing} */
  apply(context: RegistrationContext): Promise<Applicant>;
  /** From the directory, for whoever wants to know whether what we have fits. */
  fetchSoftwareStatement(records: OwnRecords): Promise<SoftwareStatementAssertion>;
  close(): Promise<void>;
}

interface Connected {
  stamp: string;
  profile: NamedProfile;
  /** Of the transport certificate. */
  fingerprint: string;
  bank: Promise<Bank>;
}

export function createBankConnector(options: BankConnectorOptions): BankConnector {
  const { clock, readSecret, profiles, settings, directories } = options;
  const transport = createTransport(options);
  const discover = createDiscovery(transport, clock);
  const keySets = createKeySets(transport, clock);

  function profileOf({ registration: { bankProfile } }: RegistrationContext): NamedProfile {
    const profile = profiles.find(bankProfile);
    if (profile === undefined) throw new ProfileGone(bankProfile);
    return profile;
  }

  async function partsOf(context: RegistrationContext) {
    const simulated = context.registration.requested.useSimulatedBank === true;
    const profile = resolveProfile(profileOf(context), { settings, simulated });
    const identity = await readOwnIdentity(context, readSecret, clock);
    const { name, limits } = profile;
    const toBank = transport.toBank({ name: simulated ? `${name} (simulated)` : name, limits });
    return { transport: toBank, clock, discover, keySets, profile, identity };
  }

  async function connect(context: RegistrationContext): Promise<Bank> {
    const { client } = context.registration;
    if (client === null) throw new Error('A registration that is under way has no client yet.');
    const { clientSecret, registrationAccessToken } = context;
    return createBank({ ...(await partsOf(context)), client, clientSecret, registrationAccessToken });
  }

  // One per registration, so that the client's own tokens and imported keys are kept with it.
  const connected = new Map<string, Connected>();

  /** Once nobody is left who was connected with it. */
  function retire(fingerprint: string): void {
    const isUsed = [...connected.values()].some((other) => other.fingerprint === fingerprint);
    if (!isUsed) transport.retire(fingerprint);
  }

  const directoryOf = ({ softwareStatement }: OwnRecords) =>
    softwareStatement.sandboxEnvironment ? directories.sandbox : directories.production;

  return {
    async connect(context) {
      const { registration, obWacCertificate, obSealCertificate } = context;
      const stamp = `${registration.revision} ${obWacCertificate.id} ${obSealCertificate.id}`;
      const earlier = connected.get(registration.id);
      const profile = profileOf(context);
      if (earlier?.stamp === stamp && earlier.profile === profile) return earlier.bank;
      const { fingerprint } = readCertificate(asPem(obWacCertificate.certificate));
      const entry = { stamp, profile, fingerprint, bank: connect(context) };
      connected.set(registration.id, entry);
      if (earlier !== undefined) retire(earlier.fingerprint);
      entry.bank.catch(() => connected.get(registration.id) === entry && connected.delete(registration.id));
      return entry.bank;
    },
    connectOnce: connect,
    async apply(context) {
      const directory = directoryOf(context);
      return createApplicant({ ...(await partsOf(context)), directory });
    },
    fetchSoftwareStatement: async (records) => {
      const identity = await readOwnIdentity(records, readSecret, clock);
      return await fetchSoftwareStatement({ transport, clock, keySets }, directoryOf(records), identity);
    },
    close: transport.close,
  };
}
