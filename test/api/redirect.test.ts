// The customer's return: found by its state, checked in the reference's order, taken once, joined when repeated.
import { describe, expect, it } from 'vitest';
import { appSessionIdHash } from '../../api/app-session.ts';
import type { AuthContext } from '../../store/auth-contexts.ts';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../../temporal/journeys.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';
import { addConsent, consentId } from './stories.ts';

const contextId = '44444444-4444-4444-8444-444444444444';
const hybrid = { state: 'state-1', code: 'code-1', id_token: 'token-1' };

function waiting(changes: Partial<AuthContext> = {}): FakeApi {
  const api = fakeApi();
  addConsent(api, 'account-access', 'awaiting-authorisation');
  api.tables.authContexts.set(contextId, {
    ...{ id: contextId, created: testStart, createdBy: null, reference: null, consentId },
    ...{ family: 'account-access', bankProfile: 'Sandbox_Hybrid', state: 'state-1', nonce: 'nonce-1' },
    ...{ codeVerifier: 'verifier-1', appSessionIdHash: appSessionIdHash('session-1'), returned: false },
    ...{ redirectUri: 'https://tpp.example/fragment', redirectMode: 'fragment', expectsIdToken: true },
    workflowId: `consent/${consentId}`,
    ...changes,
  });
  return api;
}

async function comeBack(api: FakeApi, form: Record<string, string>) {
  const body = new URLSearchParams(form).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return await api.send('POST', '/auth/redirect-delegate', { body, headers });
}

function completing(api: FakeApi): string[] {
  const redirectIds: string[] = [];
  api.journeys.completeAuthorisation = async (consent, { redirectId }) => {
    expect(consent).toEqual({
      tenant: 'default',
      consentId,
      family: 'account-access',
      bank: 'Sandbox_Hybrid',
      workflowId: `consent/${consentId}`,
    });
    redirectIds.push(redirectId);
    api.tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
  };
  return redirectIds;
}

describe('a return that fits', () => {
  it('is answered 201 after the exchange, and the journey hears of it by id alone', async () => {
    const api = waiting();
    const redirectIds = completing(api);
    const { status, json, headers } = await comeBack(api, {
      ...{ ...hybrid, redirect_uri: 'https://tpp.example/fragment', response_mode: 'fragment' },
      ...{ app_session_id: 'session-1', modified_by: 'me' },
    });
    expect([status, json]).toEqual([201, { ConsentType: 'AccountAccessConsent', ConsentId: consentId }]);
    expect(headers.get('location')).toBe('about:blank');
    const stored = api.tables.redirects.get(contextId);
    expect(stored?.parameters).toEqual({ ...hybrid, modified_by: 'me' });
    expect(redirectIds).toEqual([stored?.id]);
    expect(api.logLines.join()).not.toMatch(/code-1|token-1|state-1/);
  });

  it('of a signed response is found by the state inside it, and kept whole', async () => {
    const api = waiting({ redirectMode: 'jwt', expectsIdToken: false });
    completing(api);
    const claims = Buffer.from(JSON.stringify({ state: 'state-1' })).toString('base64url');
    const response = `e30.${claims}.signature`;
    expect((await comeBack(api, { response, response_mode: 'query' })).status).toBe(201);
    expect(api.tables.redirects.get(contextId)?.parameters).toEqual({ state: 'state-1', response });
  });

  it('without an ID token is fine where none was asked for', async () => {
    const api = waiting({ redirectMode: 'query', expectsIdToken: false });
    completing(api);
    expect((await comeBack(api, { state: 'state-1', code: 'c', response_mode: 'query' })).status).toBe(201);
  });
});

describe('a return that is refused', () => {
  it.each([
    ['an unknown state', {}, { ...hybrid, state: 'other' }, 'auth-context-not-found'],
    ['no state at all', {}, { code: 'c' }, 'auth-context-not-found'],
    ['a signed response that is none', {}, { response: 'a.b.c' }, 'auth-context-not-found'],
    ['a signed response without a state', {}, { response: 'a.e30.c' }, 'auth-context-not-found'],
    ['an error of the bank', {}, { state: 'state-1', error: 'access_denied' }, 'authorisation-refused'],
    ['no code', {}, { state: 'state-1', id_token: 't' }, 'redirect-incomplete'],
    ['no ID token', {}, { state: 'state-1', code: 'c' }, 'redirect-incomplete'],
    ['an ID token not asked for', { expectsIdToken: false }, hybrid, 'redirect-incomplete'],
    [
      'a plain code where it should be signed',
      { redirectMode: 'jwt' as const },
      hybrid,
      'redirect-incomplete',
    ],
    ['a signed response not asked for', {}, { ...hybrid, response: 'a.b.c' }, 'redirect-incomplete'],
    ['another session', {}, { ...hybrid, app_session_id: 'session-2' }, 'app-session-mismatch'],
    [
      'another address',
      {},
      { ...hybrid, redirect_uri: 'https://tpp.example/query' },
      'redirect-uri-mismatch',
    ],
    ['another mode', {}, { ...hybrid, response_mode: 'query' }, 'response-mode-mismatch'],
    ['a mode that nobody knows', {}, { ...hybrid, response_mode: 'smoke' }, 'response-mode-mismatch'],
  ])('for %s is not stored', async (_, changes, form, code) => {
    const api = waiting(changes);
    const { status, json } = await comeBack(api, form);
    expect([status, json.code]).toEqual([400, code]);
    expect(api.tables.redirects.size).toBe(0);
  });

  it('is so after ten minutes, and not before', async () => {
    const api = waiting();
    completing(api);
    api.time.nowMs += 10 * 60 * 1000 + 1;
    expect((await comeBack(api, hybrid)).json.code).toBe('auth-context-stale');
    api.time.nowMs -= 1;
    expect((await comeBack(api, hybrid)).status).toBe(201);
  });

  it('is so a second time with other parameters, and the journey does not hear of it', async () => {
    const api = waiting();
    const redirectIds = completing(api);
    await comeBack(api, hybrid);
    const second = await comeBack(api, { ...hybrid, code: 'stolen' });
    expect([second.status, second.json.code]).toEqual([400, 'redirect-already-used']);
    expect(redirectIds).toHaveLength(1);
  });
});

describe('a return that is repeated', () => {
  it('joins the exchange that goes on, also when ten minutes have passed meanwhile', async () => {
    const api = waiting();
    const asked: string[] = [];
    api.journeys.completeAuthorisation = async (_, { redirectId }) => {
      asked.push(redirectId);
      if (asked.length === 1) throw new JourneyInProgress('x');
    };
    const slow = await comeBack(api, hybrid);
    expect([slow.status, slow.json.code]).toEqual([504, 'authorisation-in-progress']);
    api.time.nowMs += 11 * 60 * 1000;
    expect((await comeBack(api, hybrid)).status).toBe(201);
    expect(asked[0]).toBe(asked[1]);
  });

  it('is told the outcome of the first without asking the journey', async () => {
    const api = waiting();
    const redirectIds = completing(api);
    const [first, second] = [await comeBack(api, hybrid), await comeBack(api, hybrid)];
    expect([second.status, second.json]).toEqual([201, first.json]);
    expect(redirectIds).toHaveLength(1);
  });

  it('is told the failure of the first', async () => {
    const api = waiting();
    const failure = { type: 'RedirectRefused', details: { code: 'redirect-refused' } } as const;
    api.journeys.completeAuthorisation = async (_, { redirectId }) => {
      api.tables.redirectOutcomes.set(redirectId, { kind: 'failed', failure });
      throw new JourneyFailure('RedirectRefused', 'x', failure.details);
    };
    const first = await comeBack(api, hybrid);
    expect([first.status, first.json.code]).toEqual([400, 'redirect-refused']);
    expect((await comeBack(api, hybrid)).json.code).toBe('redirect-refused');
  });

  it('finds Temporal stopped, and joins when it is back', async () => {
    const api = waiting();
    api.journeys.completeAuthorisation = () => Promise.reject(new JourneysUnavailable('x'));
    expect((await comeBack(api, hybrid)).status).toBe(503);
    completing(api);
    expect((await comeBack(api, hybrid)).status).toBe(201);
  });
});

describe('a journey that is over', () => {
  it('because of this very return counts as success', async () => {
    const api = waiting();
    api.journeys.completeAuthorisation = async (_, { redirectId }) => {
      api.tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
      throw new JourneyClosed('x');
    };
    expect((await comeBack(api, hybrid)).status).toBe(201);
  });

  it('that was just served for the same return, asked twice, counts as success for both', async () => {
    const api = waiting();
    api.journeys.completeAuthorisation = async (_, { redirectId }) => {
      api.tables.redirectOutcomes.set(redirectId, { kind: 'authorised' });
      throw new JourneyFailure('ConsentNotUsable', 'x', { code: 'consent-not-usable' });
    };
    expect((await comeBack(api, hybrid)).status).toBe(201);
  });

  it('for another reason leaves a consent that cannot be used', async () => {
    const api = waiting();
    api.journeys.completeAuthorisation = () => Promise.reject(new JourneyClosed('x'));
    const { status, json } = await comeBack(api, hybrid);
    expect([status, json.code]).toEqual([409, 'consent-not-usable']);
  });
});
