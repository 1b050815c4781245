// How to reach Temporal: plain on one machine, TLS with certificates or an API key elsewhere.
import { readFileSync } from 'node:fs';
import type { TLSConfig } from '@temporalio/client';
import type { Config } from '../config.ts';

export interface ConnectionSettings {
  address: string;
  tls?: TLSConfig | boolean;
  apiKey?: string;
}

/** @throws when no address is configured or a certificate file cannot be read */
export function connectionSettings(config: Config): ConnectionSettings {
  if (config.TEMPORAL_ADDRESS === undefined) throw new Error('TEMPORAL_ADDRESS is not set.');
  const tls = tlsSettings(config);
  return {
    address: config.TEMPORAL_ADDRESS,
    ...(tls === undefined ? {} : { tls }),
    ...(config.TEMPORAL_API_KEY === undefined ? {} : { apiKey: config.TEMPORAL_API_KEY }),
  };
}

function tlsSettings(config: Config): TLSConfig | true | undefined {
  const {
    TEMPORAL_TLS_CA_FILE: ca,
    TEMPORAL_TLS_CERT_FILE: certificate,
    TEMPORAL_TLS_KEY_FILE: key,
  } = config;
  if (ca === undefined && certificate === undefined) return config.TEMPORAL_TLS ? true : undefined;
  return {
    ...(ca === undefined ? {} : { serverRootCACertificate: readFileSync(ca) }),
    ...(certificate === undefined || key === undefined
      ? {}
      : { clientCertPair: { crt: readFileSync(certificate), key: readFileSync(key) } }),
  };
}
