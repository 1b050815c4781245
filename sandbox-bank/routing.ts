// Which part of a bank answers which path, on the listener for browsers and on the one that wants certificates.
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { clientCertificate } from './client-certificate.ts';
import type { Destination } from './control/controlled.ts';
import { createInteractionApp } from './interaction.ts';
import type { Answering } from './listener.ts';
import { atTimeOf } from './provider-module.ts';
import { createRegistrationApp } from './registration/routes.ts';
import type { RunningBank } from './running-bank.ts';

type Find = (request: IncomingMessage, path: string) => Destination | undefined;
type App = Hono<{ Bindings: HttpBindings }>;

const openPaths = /^\/(\.well-known\/openid-configuration|jwks|auth(\/[\w-]+)?)$/;
const certificatePaths = /^\/(token(\/introspection|\/revocation)?|request)$/;
const styleSheet = readFileSync(new URL('./pages/bank.css', import.meta.url));

/** What anybody may ask: discovery, keys, authorisation and the pages. */
export function browserRoutes(banks: readonly RunningBank[]): Find {
  const apps = byName(banks, (bank) => {
    const app: App = new Hono();
    return app.route(`/${bank.personality.name}/interaction`, createInteractionApp(bank));
  });
  const providers = byName(banks, providerOf);
  return (_, path) => {
    if (path === '/assets/bank.css') return { bank: 'assets', path, answer: sendStyleSheet };
    const [name, below] = split(path);
    const answer = openPaths.test(below)
      ? providers.get(name)
      : below.startsWith('/interaction/')
        ? apps.get(name)
        : undefined;
    return answer && { bank: name, path: below, answer };
  };
}

/** What wants a certificate: tokens, registration and resources. */
export function apiRoutes(banks: readonly RunningBank[], resourcesOf: (bank: RunningBank) => App): Find {
  const apps = byName(banks, (bank) => {
    const app: App = new Hono();
    const prefix = `/${bank.personality.name}`;
    return app
      .route(`${prefix}/register`, createRegistrationApp(bank))
      .route(`${prefix}/open-banking`, resourcesOf(bank));
  });
  const providers = byName(banks, providerOf);
  const strict = new Set(
    banks.filter((bank) => bank.personality.strictTls).map((bank) => bank.personality.name),
  );
  return (request, path) => {
    const [name, below] = split(path);
    if (strict.has(name) && !clientCertificate(request))
      return { bank: name, path: below, answer: (incoming) => incoming.socket.destroy() };
    const answer = certificatePaths.test(below)
      ? providers.get(name)
      : /^\/(register|open-banking)(\/|$)/.test(below)
        ? apps.get(name)
        : undefined;
    return answer && { bank: name, path: below, answer };
  };
}

export function answeringOf(app: App): Answering {
  const answering = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => void answering(request, response);
}

function byName(banks: readonly RunningBank[], make: (bank: RunningBank) => App | Answering) {
  return new Map(
    banks.map((bank) => {
      const made = make(bank);
      const answering = made instanceof Hono ? answeringOf(made) : made;
      const atItsTime: Answering = (request, response) =>
        atTimeOf(bank.clock, () => answering(request, response));
      return [bank.personality.name, atItsTime];
    }),
  );
}

/** oidc-provider routes by the path below the bank's name. */
function providerOf({ provider, personality }: RunningBank): Answering {
  const callback = provider.callback();
  return (request, response) => {
    const url = request.url ?? '/';
    Object.assign(request, { originalUrl: url, url: url.slice(personality.name.length + 1) });
    void callback(request, response);
  };
}

function split(path: string): [name: string, below: string] {
  const [, name = '', ...rest] = path.split('/');
  return [name, `/${rest.join('/')}`];
}

const sendStyleSheet: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' });
  response.end(styleSheet);
};
