// What of a webhook endpoint's secret its owner is shown.
import type { SigningSecret } from '../notifications/signatures.ts';

/** The private half of a key pair is nobody's business. */
export const shownSecret = ({ secret, publicKey }: SigningSecret): string | null =>
  publicKey === null ? secret : null;
