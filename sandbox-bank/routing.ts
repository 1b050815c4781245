// Which part of which bank answers which address, on the listener for browsers and on the one that wants certificates.
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isOwnToken } from './authentication.ts';
import type { Banks } from './banks.ts';
import { clientCertificate } from './client-certificate.ts';
import type { Find } from './control/controlled.ts';
import { EndpointIndex, type Found } from './endpoint-index.ts';
import { apiEndpoints, browserEndpoints, type Endpoint } from './endpoints.ts';
import { createInteractionApp } from './interaction.ts';
import type { Answering } from './listener.ts';
import { resourcesOf } from './open-bank.ts';
import type { Personality } from './personalities/personality.ts';
import { plainParameters } from './plain-parameters.ts';
import { atTimeOf } from './provider-module.ts';
import { createRegistrationApp } from './registration/routes.ts';
import type { RunningBank } from './running-bank.ts';
import { type BankUrls, type Listeners, urlsOf } from './served-addresses.ts';

type App = Hono<{ Bindings: HttpBindings }>;
type EndpointsOf = (personality: Personality, urls: BankUrls) => Endpoint[];

const styleSheet = readFileSync(new URL('./pages/bank.css', import.meta.url));

/** What anybody may ask: discovery, keys, authorisation and the pages. */
export function browserRoutes(banks: Banks, listeners: Listeners): Find {
  const find = finder(banks, listeners, browserEndpoints);
  return (request, path) =>
    path === '/assets/bank.css' ? { bank: 'assets', path, answer: sendStyleSheet } : find(request, path);
}

/** What wants a certificate: tokens, registration and resources. */
export function apiRoutes(banks: Banks, listeners: Listeners): Find {
  const find = finder(banks, listeners, apiEndpoints);
  return async (request, path) => {
    const destination = await find(request, path);
    const strict = destination && banks.personalities.get(destination.bank)?.strictTls;
    return strict && !clientCertificate(request)
      ? { ...destination, answer: (incoming) => incoming.socket.destroy() }
      : destination;
  };
}

export function answeringOf(app: App): Answering {
  const answering = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => void answering(request, response);
}

function finder(banks: Banks, listeners: Listeners, endpointsOf: EndpointsOf): Find {
  const personalities = [...banks.personalities.values()];
  const index = new EndpointIndex(
    personalities.flatMap((personality) => endpointsOf(personality, urlsOf(personality, listeners))),
  );
  const parts = new Map<RunningBank, ReturnType<typeof partsOf>>();
  return async (request, address) => {
    const found = await theOne(banks, request, index.find(address));
    if (!found) return undefined;
    const { endpoint, path } = found;
    const bank = await banks.open(endpoint.bank);
    const answering = parts.get(bank) ?? partsOf(bank);
    parts.set(bank, answering);
    return {
      bank: endpoint.bank,
      path,
      answer: (incoming, response) => {
        rename(incoming, address, path, endpoint.part === 'provider' ? bank : undefined);
        atTimeOf(bank.clock, () => answering[endpoint.part](incoming, response));
      },
    };
  };
}

/** Banks that share an address are told apart by whose token came; without a token the first one refuses. */
async function theOne(banks: Banks, request: IncomingMessage, found: Found[]): Promise<Found | undefined> {
  const [first, ...others] = found;
  if (others.length === 0) return first;
  for (const candidate of found.filter(({ endpoint }) => banks.wasEverAsked(endpoint.bank)))
    if (await isOwnToken(await banks.open(candidate.endpoint.bank), request)) return candidate;
  return first;
}

function partsOf(bank: RunningBank): Record<Endpoint['part'], Answering> {
  const mounted = (path: string, make: () => App) => {
    let answering: Answering | undefined;
    return (...[request, response]: Parameters<Answering>) => {
      answering ??= answeringOf(new Hono<{ Bindings: HttpBindings }>().route(path, make()));
      answering(request, response);
    };
  };
  const callback = bank.provider.callback();
  return {
    provider: (request, response) => void callback(request, response),
    pages: mounted('/interaction', () => createInteractionApp(bank)),
    registration: mounted('/register', () => createRegistrationApp(bank)),
    resources: mounted('/open-banking', () => resourcesOf(bank)),
  };
}

/** The path becomes what the bank's parts call it; oidc-provider is told in `baseUrl` what its own addresses follow on. */
function rename(
  request: IncomingMessage,
  address: string,
  path: string,
  providerOf: RunningBank | undefined,
): void {
  const search = (request.url ?? '').slice(address.length);
  Object.assign(request, { url: `${path}${search}` });
  if (!providerOf) return;
  const pages = new URL(providerOf.urls.pages).pathname;
  const baseUrl = path.startsWith('/token') || path === '/request' ? address.slice(0, -path.length) : pages;
  const { plainOAuth } = providerOf.personality.authorisation;
  Object.assign(request, { baseUrl, entrance: address, loginHint: plainOAuth?.loginHint });
  if (path === '/auth' && plainOAuth) request.url = `/auth${plainParameters(search, plainOAuth)}`;
}

const sendStyleSheet: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' });
  response.end(styleSheet);
};
