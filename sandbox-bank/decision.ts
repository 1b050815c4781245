// What follows from a customer's yes or no, or their withdrawal: the consent moves, a grant is made, and oidc-provider is told.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, InteractionResult } from 'oidc-provider';
import { endGrants } from './authorisation-server.ts';
import { idTokenClaims, intentIdOf } from './intent.ts';
import { plainAuthentication, strongAuthentication } from './provider-configuration.ts';
import { obstacleTo } from './resources/consent-decision.ts';
import type { RunningBank } from './running-bank.ts';

export interface Connection {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

/** Where to send the browser on to. Throws an Error when the accounts do not fit the consent. */
export async function approve(
  bank: RunningBank,
  connection: Connection,
  details: Interaction,
  choice: { psu: string; accountIds: string[] },
): Promise<string> {
  const consentId = intentIdOf(bank.personality, details.params) ?? '';
  const obstacle = obstacleTo(bank.state.consents.get(consentId), bank.knobs, bank.clock.nowMs());
  if (obstacle !== undefined) {
    bank.state.turnDown(consentId);
    return finish(bank, connection, { error: 'invalid_request', error_description: obstacle });
  }
  bank.state.authoriseConsent(consentId, choice);
  const firstNonce = firstNonceOf(bank, consentId, details);
  await endGrants(bank, consentId);
  const grantId = await newGrant(bank, details, choice.psu);
  bank.grants.set(grantId, {
    grantId,
    consentId,
    ...(typeof firstNonce === 'string' ? { firstNonce } : {}),
  });
  await forgetOtherCustomer(bank, details, choice.psu);
  return finish(bank, connection, {
    login: { accountId: choice.psu, acr: acrOf(bank), amr: ['pwd', 'otp'], remember: false },
    consent: { grantId },
  });
}

/** Where to send the browser on to. */
export async function refuse(
  bank: RunningBank,
  connection: Connection,
  details: Interaction,
): Promise<string> {
  const consentId = intentIdOf(bank.personality, details.params) ?? '';
  // An access that is being given again stays as it was.
  if (bank.state.consents.get(consentId)?.status === 'AWAU') bank.state.rejectConsent(consentId);
  return finish(bank, connection, { error: 'access_denied', error_description: 'the customer refused' });
}

/** The customer takes back at the bank what was given for longer, and its tokens die. */
export async function withdraw(bank: RunningBank, consentId: string): Promise<void> {
  bank.state.cancelConsent(consentId);
  await endGrants(bank, consentId);
}

function acrOf({ personality }: RunningBank): string {
  return personality.authorisation.strongAuthentication === 'refused'
    ? plainAuthentication
    : strongAuthentication;
}

function firstNonceOf({ grants }: RunningBank, consentId: string, { params }: Interaction): unknown {
  const before = [...grants.values()].find((grant) => grant.consentId === consentId);
  return before?.firstNonce ?? params.nonce;
}

async function newGrant(bank: RunningBank, { params }: Interaction, accountId: string): Promise<string> {
  const grant = new bank.provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  // Claims that were asked for and are not granted make oidc-provider ask again, for ever.
  grant.addOIDCClaims(Object.keys(idTokenClaims(params.claims)));
  return grant.save();
}

/** Without this the next customer at one browser is asked by oidc-provider to sign the last one out. */
async function forgetOtherCustomer(bank: RunningBank, details: Interaction, psu: string): Promise<void> {
  const { uid, accountId } = details.session ?? {};
  if (uid === undefined || accountId === psu) return;
  delete details.session;
  await details.persist();
  await (await bank.provider.Session.findByUid(uid))?.destroy();
}

function finish(bank: RunningBank, connection: Connection, result: InteractionResult): Promise<string> {
  return bank.provider.interactionResult(connection.incoming, connection.outgoing, result, {
    mergeWithLastSubmission: false,
  });
}
