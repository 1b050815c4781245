// A third party as the sandbox's counterpart in tests: its own certificates, jose for registration, openid-client for the rest.
import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CryptoKey, importPKCS8, SignJWT } from 'jose';
import * as openid from 'openid-client';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import type { Sandbox } from './sandbox.ts';

export type BankName = 'hybrid' | 'jarm';
export type Method = 'private_key_jwt' | 'tls_client_auth' | 'client_secret_basic';

export const organisationOf = { hybrid: '0015800001HALYARDB', jarm: '0015800001KESTRELB' };

interface Facts {
  organisationId: string;
  softwareId: string;
  sealKeyId: string;
  redirectUris: string[];
}

export interface RegisteredClient {
  client_id: string;
  client_secret?: string;
  [member: string]: unknown;
}

export interface RegistrationChanges {
  claims?: Record<string, unknown>;
  statement?: string;
  contentType?: string;
  kid?: string;
}

export class ThirdParty {
  readonly facts: Facts;
  readonly #sandbox: Sandbox;
  readonly #seal: Promise<CryptoKey>;
  readonly certificate: X509Certificate;
  readonly agent: Agent;

  /** `certificate` names the pair of files to connect with, `none` connects without. */
  constructor(sandbox: Sandbox, folder = sandbox.tppDir, certificate = 'obwac') {
    const file = (name: string) => readFileSync(join(folder, name), 'utf8');
    this.#sandbox = sandbox;
    this.facts = JSON.parse(file('tpp.json'));
    this.#seal = importPKCS8(file('obseal.key'), 'PS256');
    this.certificate = new X509Certificate(file('obwac.pem'));
    const identity =
      certificate === 'none' ? {} : { cert: file(`${certificate}.pem`), key: file(`${certificate}.key`) };
    this.agent = new Agent({ connect: { ca: readFileSync(sandbox.caFile), ...identity } });
  }

  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return fetch(url, { ...init, dispatcher: this.agent });
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  async sign(claims: Record<string, unknown>, kid = this.facts.sealKeyId): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'PS256', kid, typ: 'JWT' }).sign(await this.#seal);
  }

  async directoryToken(changes: Record<string, unknown> = {}, scope = 'ASPSPReadAccess TPPReadAccess') {
    const tokenUrl = `${this.#sandbox.urls.directory}/as/token.oauth2`;
    const { softwareId } = this.facts;
    const nowSeconds = Math.floor(Date.now() / 1000);
    const assertion = await this.sign({
      iss: softwareId,
      sub: softwareId,
      aud: tokenUrl,
      iat: nowSeconds,
      exp: nowSeconds + 60,
      jti: randomUUID(),
      ...changes,
    });
    return this.fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }),
    });
  }

  async softwareStatement(): Promise<string> {
    const { access_token } = (await (await this.directoryToken()).json()) as { access_token: string };
    const { organisationId, softwareId } = this.facts;
    const url = `${this.#sandbox.urls.directory}/api/v2/tpp/${organisationId}/ssa/${softwareId}`;
    const answer = await this.fetch(url, { headers: { authorization: `Bearer ${access_token}` } });
    return answer.text();
  }

  async registrationRequest(
    bank: BankName,
    method: Method,
    changes: RegistrationChanges = {},
  ): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.facts.softwareId,
      aud: organisationOf[bank],
      iat: nowSeconds,
      exp: nowSeconds + 300,
      jti: randomUUID(),
      redirect_uris: this.facts.redirectUris,
      token_endpoint_auth_method: method,
      ...(method === 'private_key_jwt' ? { token_endpoint_auth_signing_alg: 'PS256' } : {}),
      ...(method === 'tls_client_auth' ? { tls_client_auth_subject_dn: this.distinguishedName() } : {}),
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: [bank === 'hybrid' ? 'code id_token' : 'code'],
      software_id: this.facts.softwareId,
      scope: 'openid accounts payments fundsconfirmations',
      software_statement: changes.statement ?? (await this.softwareStatement()),
      application_type: 'web',
      id_token_signed_response_alg: 'PS256',
      request_object_signing_alg: 'PS256',
      ...changes.claims,
    };
    const present = Object.entries(claims).filter(([, value]) => value !== undefined);
    return this.sign(Object.fromEntries(present), changes.kid);
  }

  async askRegistration(
    bank: BankName,
    method: Method,
    changes: RegistrationChanges = {},
  ): Promise<Response> {
    return this.fetch(`${this.#sandbox.urls.api}/${bank}/register`, {
      method: 'POST',
      headers: { 'content-type': changes.contentType ?? 'application/jwt' },
      body: await this.registrationRequest(bank, method, changes),
    });
  }

  async register(
    bank: BankName,
    method: Method,
    changes: RegistrationChanges = {},
  ): Promise<RegisteredClient> {
    const answer = await this.askRegistration(bank, method, changes);
    if (answer.status !== 201) throw new Error(`registration: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as RegisteredClient;
  }

  /** RFC 4514 order. */
  distinguishedName(): string {
    return this.certificate.subject
      .split('\n')
      .reverse()
      .map((part) => part.replace('organizationIdentifier', '2.5.4.97'))
      .join(',');
  }

  /** openid-client, strict, for one client. */
  async configuration(bank: BankName, client: RegisteredClient): Promise<openid.Configuration> {
    const method = client.token_endpoint_auth_method as Method;
    const key = { key: await this.#seal, kid: this.facts.sealKeyId };
    const authentication = {
      private_key_jwt: () => openid.PrivateKeyJwt(key),
      tls_client_auth: () => openid.TlsClientAuth(),
      client_secret_basic: () => openid.ClientSecretBasic(client.client_secret),
    }[method]();
    const custom = (url: string, options: object) => this.fetch(url, options);
    const configuration = await openid.discovery(
      new URL(`${this.#sandbox.urls.browser}/${bank}`),
      client.client_id,
      { id_token_signed_response_alg: 'PS256', use_mtls_endpoint_aliases: false },
      authentication,
      { [openid.customFetch]: custom as unknown as openid.CustomFetch },
    );
    openid.enableNonRepudiationChecks(configuration);
    if (bank === 'hybrid') {
      openid.useCodeIdTokenResponseType(configuration);
      openid.enableDetachedSignatureResponseChecks(configuration);
    } else openid.useJwtResponseMode(configuration);
    return configuration;
  }

  async sealKey(): Promise<{ key: CryptoKey; kid: string }> {
    return { key: await this.#seal, kid: this.facts.sealKeyId };
  }

  /** A call of a resource, the body signed where it is about payments. */
  async call(method: string, url: string, token: string, body?: object): Promise<Response> {
    return this.send(method, url, token, body === undefined ? undefined : JSON.stringify(body));
  }

  /** The same with a text of any type. */
  async send(
    method: string,
    url: string,
    token: string,
    text?: string,
    contentType = 'application/json',
  ): Promise<Response> {
    const signed = text !== undefined && url.includes('/pisp/');
    return this.fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(text === undefined ? {} : { 'content-type': contentType }),
        ...(signed
          ? {
              'x-jws-signature': await this.#signature(text, contentType),
              'x-idempotency-key': randomUUID(),
            }
          : {}),
      },
      ...(text === undefined ? {} : { body: text }),
    });
  }

  async #signature(text: string, contentType: string): Promise<string> {
    const name = (claim: string) => `http://openbanking.org.uk/${claim}`;
    const header = {
      alg: 'PS256',
      kid: this.facts.sealKeyId,
      ...(contentType === 'application/json' ? {} : { cty: contentType }),
      [name('iat')]: Math.floor(Date.now() / 1000) - 1,
      [name('iss')]: `${this.facts.organisationId}/${this.facts.softwareId}`,
      [name('tan')]: 'openbanking.org.uk',
      crit: [name('iat'), name('iss'), name('tan')],
    };
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
    const input = Buffer.from(`${encoded}.${Buffer.from(text).toString('base64url')}`);
    const signature = await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, await this.#seal, input);
    return `${encoded}..${Buffer.from(signature).toString('base64url')}`;
  }
}
