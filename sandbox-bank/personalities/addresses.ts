// A bank's real addresses, as the public knows them; the sandbox serves them below `/at/…` (see ../served-addresses.ts).
import { z } from 'zod';

/** `scheme://host[:port]/path`; the scheme may be that of an app. */
export const realAddress = z.string().regex(/^[a-z]+:\/\/[^/?#]+(\/[^?#]*)?$/);

const Versions = z.strictObject({ 'v3.1': realAddress.optional(), 'v4.0': realAddress.optional() });

export const Addresses = z.strictObject({
  /** With or without a trailing slash, as the bank writes it. */
  issuer: realAddress,
  /** Of the discovery document, where it is not below the issuer. */
  discovery: realAddress.optional(),
  /** Of the endpoints, where they are not below the issuer as `/auth` and `/token`. */
  authorisation: realAddress.optional(),
  token: realAddress.optional(),
  /** Another authorisation endpoint for payments; the usual one then refuses them. */
  paymentAuthorisation: realAddress.optional(),
  /** What the resource server's paths follow on, by API and version; what is not named is not served. */
  aisp: Versions.default({}),
  pisp: Versions.default({}),
});

export type Addresses = z.output<typeof Addresses>;
