// The part of oidc-provider 9 that the sandbox bank uses; the package brings no types of its own.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** A request with what routing noted on it. */
  export interface EnteringRequest extends IncomingMessage {
    /** What the bank’s own paths follow on. */
    baseUrl?: string;
    /** The path of the address that was asked. */
    entrance?: string;
    /** The `login_hint` that belongs to the address. */
    loginHint?: string;
  }

  export interface ProviderContext {
    req: EnteringRequest;
    res: ServerResponse;
    path: string;
    /** Parameters of the address, as they stand there. */
    query: Record<string, string | string[] | undefined>;
    status: number;
    body: unknown;
    oidc?: {
      /** The endpoint, e.g. `token`. */
      route: string;
      params?: Record<string, unknown>;
      /** The whole body, also what the grant has no use for. */
      body?: Record<string, unknown>;
      client?: ProviderClient;
      result?: { consent?: { grantId?: string } };
      entities: { Grant?: { jti: string; accountId: string } };
      provider: Provider;
    };
  }

  export interface ProviderClient {
    clientId: string;
    clientSecret?: string;
    grantTypeAllowed(type: string): boolean;
    metadata(): Record<string, unknown>;
  }

  export interface ClientModel {
    new (metadata: object): ProviderClient;
    needsSecret(metadata: object): boolean;
    validate(metadata: object): Promise<void>;
    find(clientId: string): Promise<ProviderClient | undefined>;
    adapter: Adapter;
  }

  export interface Token {
    clientId: string;
    grantId?: string;
    isExpired: boolean;
    scopes: Set<string>;
    'x5t#S256'?: string;
    extra?: Record<string, unknown>;
    destroy(): Promise<void>;
  }

  interface TokenModel {
    find(value: string): Promise<Token | undefined>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    addOIDCClaims(claims: string[]): void;
    save(): Promise<string>;
    destroy(): Promise<void>;
  }

  export interface Interaction {
    uid: string;
    exp: number;
    params: Record<string, unknown>;
    session?: { uid?: string; accountId?: string };
    persist(): Promise<string>;
  }

  export interface Adapter {
    upsert(id: string, payload: object, expiresIn?: number): Promise<void>;
    find(id: string): Promise<object | undefined>;
    findByUid(uid: string): Promise<object | undefined>;
    findByUserCode(userCode: string): Promise<object | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export type InteractionResult =
    | {
        login: { accountId: string; acr: string; amr: string[]; remember: boolean };
        consent: { grantId: string };
      }
    | { error: string; error_description: string };

  export interface IdToken {
    ctx: ProviderContext;
    issue(options: { use: string; expiresAt?: number }): Promise<string>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly issuer: string;
    readonly Client: ClientModel;
    readonly AccessToken: TokenModel;
    readonly ClientCredentials: TokenModel;
    readonly RefreshToken: TokenModel;
    readonly AuthorizationCode: TokenModel;
    readonly IdToken: { prototype: IdToken };
    readonly OIDCContext: { prototype: object };
    readonly Grant: {
      new (of: { accountId: string; clientId: string }): Grant;
      find(grantId: string): Promise<Grant | undefined>;
    };
    readonly Session: { findByUid(uid: string): Promise<{ destroy(): Promise<void> } | undefined> };
    use(middleware: (context: ProviderContext, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (context: ProviderContext, error?: Error) => void): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionResult(
      request: IncomingMessage,
      response: ServerResponse,
      result: InteractionResult,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<string>;
  }

  export const errors: Record<
    'InvalidRequest' | 'SessionNotFound' | 'InvalidClientMetadata' | 'OIDCProviderError',
    new (
      description?: string,
    ) => Error & { error: string; error_description?: string }
  >;
}
