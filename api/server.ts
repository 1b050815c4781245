// The API process: the internal listener for services, the public one for customers' browsers, both closed gently.
import type { Config } from '../config.ts';
import { defaultTenant } from '../workflows/contracts/ids.ts';
import { createApi } from './app.ts';
import { createCertificateWatch, keepLooking } from './certificate-watch.ts';
import type { ApiDeps } from './deps.ts';
import { type Listener, listen } from './listen.ts';
import { createPublicApp } from './public-app.ts';
import { logSoftwareStatementWarnings } from './software-statement-checks.ts';

type ListenerConfig = Pick<
  Config,
  | 'API_HOST'
  | 'API_PORT'
  | 'API_AUTH'
  | 'PUBLIC_HOST'
  | 'PUBLIC_PORT'
  | 'PUBLIC_URL'
  | 'PUBLIC_TLS_CERT_FILE'
  | 'PUBLIC_TLS_KEY_FILE'
  | 'BANK_TIMEOUT_MS'
>;

export interface RunningApi {
  url: string;
  publicUrl: string;
  close(): Promise<void>;
}

/** Requests under way may wait for a bank, or for a journey that waits for one. */
const closeMarginMs = 10_000;

/** @throws when the internal listener would be open to others without that having been asked for */
export async function startApi(config: ListenerConfig, given: ApiDeps): Promise<RunningApi> {
  refuseOpenListener(config);
  let publicUrl = config.PUBLIC_URL;
  const deps: ApiDeps = { ...given, publicUrl: () => publicUrl };
  const closeWithinMs = config.BANK_TIMEOUT_MS + closeMarginMs;
  const tls = publicTls(config);
  const internal = await listen(createApi(deps), {
    host: config.API_HOST,
    port: config.API_PORT,
    closeWithinMs,
  });
  let open: Listener;
  try {
    open = await listen(createPublicApp(deps), {
      host: config.PUBLIC_HOST,
      port: config.PUBLIC_PORT,
      closeWithinMs,
      ...(tls === undefined ? {} : { tls }),
    });
  } catch (error) {
    await internal.close();
    throw error;
  }
  // Nobody else can reach it there.
  if (isLoopback(config.PUBLIC_HOST)) publicUrl ??= open.url;
  deps.log.info({ url: internal.url, publicUrl: open.url }, 'listening');
  // Nobody waits for it: the directory may be slow, and a database that is not there yet is a matter for readiness.
  void logSoftwareStatementWarnings(defaultTenant, deps).catch(() =>
    deps.log.warn('the software statements could not be checked'),
  );
  const watch = createCertificateWatch(deps);
  deps.metrics.showCertificates(watch);
  deps.metrics.showWaitingWebhooks(() => deps.records.webhookDeliveries.countWaiting(defaultTenant));
  const stopLooking = keepLooking(watch);
  return {
    url: internal.url,
    publicUrl: open.url,
    close: async () => {
      stopLooking();
      await Promise.all([internal.close(), open.close()]);
    },
  };
}

function refuseOpenListener({ API_HOST, API_AUTH }: ListenerConfig): void {
  if (isLoopback(API_HOST) || API_AUTH === 'none') return;
  throw new Error(
    `API_HOST is ${API_HOST}, which others can reach, and the API asks nobody who they are. ` +
      'Set it to a loopback address, or API_AUTH to none if something in front of it keeps others out.',
  );
}

const isLoopback = (host: string) => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);

function publicTls(config: ListenerConfig): { certificateFile: string; keyFile: string } | undefined {
  const { PUBLIC_TLS_CERT_FILE: certificateFile, PUBLIC_TLS_KEY_FILE: keyFile } = config;
  if (certificateFile === undefined && keyFile === undefined) return undefined;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new Error('PUBLIC_TLS_CERT_FILE and PUBLIC_TLS_KEY_FILE must be set together.');
  }
  return { certificateFile, keyFile };
}
