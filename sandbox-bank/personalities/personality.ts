// What one sandbox bank is like: the choices real banks differ in, as data. Every default is the specification
// (Read/Write Data API profile, FAPI 1.0 Advanced, Dynamic Client Registration), so that a bank states only where it differs.
import { z } from 'zod';
import { KnobChange } from '../knobs.ts';
import { Addresses } from './addresses.ts';
import { Authorisation } from './authorisation-choices.ts';
import { RegistrationChoices } from './registration-choices.ts';
import { ResourceChoices } from './resource-choices.ts';
import { IdTokenRule, Kind, TokenAnswerRule } from './token-rules.ts';

export const ClientAuthMethod = z.enum([
  'private_key_jwt',
  'tls_client_auth',
  'client_secret_basic',
  'client_secret_post',
]);

const Discovery = z.strictObject({
  /** False: nobody serves a discovery document; third parties read about the bank elsewhere. */
  served: z.boolean().default(true),
  /** `response_modes_supported` as the document has it: the truth, nothing, or something else. */
  responseModes: z.union([z.enum(['true', 'missing']), z.array(z.string())]).default('true'),
  /** `token_endpoint_auth_methods_supported` likewise. */
  tokenAuthMethods: z.union([z.literal('true'), z.array(z.string())]).default('true'),
  /** The key set as a bare array, without the object around it. */
  bareKeySet: z.boolean().default(false),
});

export const Personality = z.strictObject({
  /** The name tests and the control interface know it by. */
  name: z.string().regex(/^\w+$/),
  /** What customers know it as. */
  displayName: z.string(),
  /** Its organisation in the directory, 18 characters. */
  organisationId: z.string().length(18),
  organisationIdentifier: z.string(),
  /** Its real addresses; without them it lives below `/{name}` on both listeners. */
  addresses: Addresses.optional(),
  /** Brands that say the same word know the same clients. */
  registrationGroup: z.string().optional(),
  /** The bank whose authorisation and resource server it is a second entrance to. */
  entranceTo: z.string().optional(),
  /** Of token requests; a client has one of them. */
  clientAuthMethods: z.array(ClientAuthMethod).min(1),
  /** True: a connection without our authority's certificate is closed; false: it is answered 401. */
  strictTls: z.boolean().default(false),
  discovery: Discovery.prefault({}),
  registration: RegistrationChoices.prefault({}),
  authorisation: Authorisation.prefault({}),
  /** What an authorisation code gives a refresh token for. */
  refreshTokensFor: z.array(Kind).default(['accounts', 'fundsconfirmations']),
  tokenAnswers: z.array(TokenAnswerRule).default([]),
  /** Whom `sub` names; `pairwise`: the consent, where all redirect URIs of the client have one host, else the customer. */
  subject: z.enum(['consent', 'customer', 'client', 'pairwise']).default('consent'),
  idTokens: z.array(IdTokenRule).default([]),
  resources: ResourceChoices.prefault({}),
  /** Where its knobs begin, as far as they differ from the default. */
  knobs: KnobChange.default({}),
});

export type Personality = z.output<typeof Personality>;

/** As a bank is written down: only what differs. */
export type PersonalityFacts = z.input<typeof Personality>;
