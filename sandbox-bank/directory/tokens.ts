// The directory's token endpoint: client credentials by signed assertion over mutual TLS, tokens bound to the certificate.
import { randomBytes, type X509Certificate } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Clock } from '../../clock.ts';
import { thumbprint } from '../client-certificate.ts';
import type { ThirdParty } from './third-party.ts';

const scopes = ['ASPSPReadAccess', 'TPPReadAccess', 'AuthoritiesReadAccess'];
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const lifetimeSeconds = 3600;

export class TokenRefusal extends Error {
  readonly code: 'invalid_client' | 'invalid_request' | 'invalid_scope' | 'unsupported_grant_type';

  constructor(code: TokenRefusal['code'], description: string) {
    super(description);
    this.code = code;
  }
}

interface IssuedToken {
  softwareId: string;
  boundTo: string;
  expiresAtMs: number;
}

export class DirectoryTokens {
  readonly #tokenUrl: string;
  readonly #clock: Clock;
  readonly #find: (softwareId: string) => ThirdParty | undefined;
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #seenIds = new Set<string>();

  constructor(tokenUrl: string, clock: Clock, find: (softwareId: string) => ThirdParty | undefined) {
    this.#tokenUrl = tokenUrl;
    this.#clock = clock;
    this.#find = find;
  }

  /** Throws a TokenRefusal. */
  async issue(form: Record<string, unknown>, certificate: X509Certificate): Promise<object> {
    if (form.grant_type !== 'client_credentials')
      throw new TokenRefusal('unsupported_grant_type', 'only client_credentials');
    const scope = typeof form.scope === 'string' ? form.scope : '';
    if (scope === '' || scope.split(' ').some((name) => !scopes.includes(name)))
      throw new TokenRefusal('invalid_scope', 'unknown scope');
    const softwareId = await this.#authenticate(form);
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, {
      softwareId,
      boundTo: thumbprint(certificate),
      expiresAtMs: this.#clock.nowMs() + lifetimeSeconds * 1000,
    });
    return { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds, scope };
  }

  /** The software a living token was issued to, for the holder of the certificate it is bound to. */
  softwareOf(token: string, certificate: X509Certificate): string | undefined {
    const known = this.#tokens.get(token);
    if (!known || known.boundTo !== thumbprint(certificate)) return undefined;
    return known.expiresAtMs > this.#clock.nowMs() ? known.softwareId : undefined;
  }

  async #authenticate(form: Record<string, unknown>): Promise<string> {
    const { client_assertion: assertion, client_assertion_type: type } = form;
    if (type !== assertionType || typeof assertion !== 'string')
      throw new TokenRefusal('invalid_request', 'a client assertion is needed');
    try {
      const { iss } = decodeJwt(assertion);
      const thirdParty = this.#find(iss ?? '');
      if (!thirdParty) throw new Error('unknown software');
      const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: keysOf(thirdParty) }), {
        algorithms: ['PS256', 'RS256'],
        issuer: thirdParty.softwareId,
        subject: thirdParty.softwareId,
        audience: this.#tokenUrl,
        requiredClaims: ['exp', 'iat', 'jti'],
        currentDate: this.#clock.now(),
        clockTolerance: 5,
      });
      if (this.#seenIds.has(payload.jti ?? '')) throw new Error('used before');
      this.#seenIds.add(payload.jti ?? '');
      return thirdParty.softwareId;
    } catch {
      throw new TokenRefusal('invalid_client', 'the client assertion does not hold');
    }
  }
}

/** Without `alg`: the directory takes RS256 from older software too. */
function keysOf({ sealKeys }: ThirdParty) {
  return sealKeys.map(({ alg, ...key }) => key);
}
