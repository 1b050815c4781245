// What becomes of a bank's row when one of its choices is the specification's instead: the twin of the green row. The
// caller is told what does not fit.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../bank-matrix/bank.ts';
import { type Mutation, mutationsOf } from '../../bank-matrix/mutations.ts';
import { paymentFamilies } from '../../bank-matrix/payment-families.ts';
import { runBank } from '../../bank-matrix/run-bank.ts';
import { simulatedBank } from '../../bank-matrix/simulated-banks.ts';
import { variant } from '../../bank-matrix/variant.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { type MatrixHouse, openMatrixHouse } from './matrix-house.ts';
import { quirks } from './quirks.ts';

/** Where the row turns red, and what the caller reads there. */
const failures: Record<string, [column: Column, reads: string]> = {
  'OpenIdConfigurationGet.Url': ['registration', '404 bank-rejected-request'],
  'OpenIdConfigurationGet.ResponseModesSupportedResponse': [
    'registration',
    'does not offer the response mode fragment',
  ],
  'OpenIdConfigurationGet.OpenIdConfiguration': ['account-access', '404 bank-rejected-request'],
  'BankRegistrationPost.IssuedAtClaimResponseJsonConverter': ['registration', 'The time iat in'],
  'BankRegistrationPost.ExpirationTimeClaimResponseJsonConverter': ['registration', 'The time exp in'],
  'BankRegistrationPost.ClientIdIssuedAtClaimResponseJsonConverter': [
    'registration',
    'The time client_id_issued_at in',
  ],
  'BankRegistrationPost.ScopeClaimResponseJsonConverter': [
    'registration',
    "The bank's answer to the registration cannot be used",
  ],
  'BankRegistrationPost.AudClaim': [
    'registration',
    '400 bank-rejected-request {"error":"invalid_client_metadata","error_description":"aud ',
  ],
  'BankRegistrationPost.SubjectTypeClaim': ['registration', 'subject_type must be pairwise'],
  'BankRegistrationPost.GrantTypesClaim': ['registration', 'grant_types are not'],
  'BankRegistrationPost.UseApplicationJoseNotApplicationJwtContentTypeHeader': [
    'registration',
    'the content type is not application/jose',
  ],
  'BankRegistrationPost.TransportCertificateSubjectDnOrgIdEncoding': [
    'registration',
    'tls_client_auth_subject_dn does not',
  ],
  'BankRegistrationPut.GetCustomTokenScope': ['registration', '502 client-refused'],
  'IdTokenProcessing.IdTokenSubClaimType': [
    'account-access',
    'redirect-refused What came back from the bank failed a check: subject',
  ],
  'IdTokenProcessing.DoNotValidateIdToken': ['account-access', 'ID token was refused: signature'],
  'IdTokenProcessing.IdTokenMayNotHaveAcrClaim': ['account-access', 'failed a check: acr'],
  'IdTokenProcessing.DoNotValidateIdTokenAcrClaim': ['domestic-payment', 'failed a check: acr'],
  'IdTokenProcessing.IdTokenMayNotHaveAuthTimeClaim': ['domestic-payment', 'ID token was refused: auth-time'],
  'IdTokenProcessing.IdTokenMayNotHaveConsentIdClaim': ['account-access', 'ID token was refused: intent-id'],
  'IdTokenProcessing.IdTokenMayNotHaveNonceClaim': ['domestic-payment', 'ID token was refused: nonce'],
  'IdTokenProcessing.IdTokenExpirationTimeClaimJsonConverter': [
    'domestic-payment',
    'ID token was refused: expiry',
  ],
  'GrantPost.ResponseScopeMayIncludeExtraValues': ['domestic-payment', 'more scope than was asked for'],
  'GrantPost.ResponseScopeEmptyTreatedAsNull': ['account-access', 'less scope than was asked for'],
  'GrantPost.ResponseTokenTypeCaseMayBeIncorrect': ['refresh', 'not of the type Bearer'],
  'ClientCredentialsGrantPost.UnexpectedResponseRefreshTokenMayBePresent': [
    'account-access',
    "A refresh token came with the client's own token",
  ],
  'AuthCodeGrantPost.ExpectedResponseRefreshTokenMayBeAbsent': ['domestic-payment', 'has no refresh token'],
  'AuthCodeGrantPost.IdTokenProcessingCustomBehaviour': ['domestic-payment', 'ID token was refused: acr'],
  'AuthCodeGrantPost.Scope': ['account-access', 'more scope than was asked for'],
  'AuthCodeGrantPost.UseScopeInRequest': ['domestic-payment', '400 bank-rejected-request'],
  'RefreshTokenGrantPost.IdTokenMayBeAbsent': ['refresh', 'has no ID token'],
  'RefreshTokenGrantPost.IdTokenProcessingCustomBehaviour': ['refresh', 'ID token was refused: acr'],
  'RefreshTokenGrantPost.Scope': ['refresh', 'more scope than was asked for'],
  'RefreshTokenGrantPost.UseScopeInRequest': ['refresh', '400 bank-rejected-request'],
  'ConsentAuthGet.AudClaim': ['account-access', 'authorisation-refused'],
  'ConsentAuthGet.Scope': ['account-access', 'authorisation-refused'],
  'ConsentAuthGet.GetExtraParameters': ['account-access', 'authorisation-refused'],
  'ConsentAuthGet.ExtraConsentParameterName': ['account-access', 'authorisation-refused'],
  'ConsentAuthGet.DoNotUseUrlPathEncoding': ['account-access', 'invalid_redirect_uri'],
  'ConsentAuthGet.SingleBase64EncodedParameterName': ['account-access', 'missing required parameter'],
  'ConsentAuthGet.AuthorizationEndpoint': ['domestic-payment', 'the bank answered 404'],
  'ConsentAuthGet.AddRedundantOAuth2NonceRequestParameter': ['domestic-payment', 'authorisation-refused'],
  'ConsentAuthGet.UsePkce': ['account-access', 'authorisation-refused'],
  'ConsentAuthGet.IdTokenProcessingCustomBehaviour': ['account-access', 'failed a check: subject'],
  'ReadWriteGet.ResponseLinksMayAddSlash': ['account-access', 'link Self does not belong'],
  'ReadWriteGet.GetResponseLinksAllowReplace': ['domestic-payment', 'link Self does not belong'],
  'ReadWritePost.PostResponseLinksMayOmitId': ['domestic-payment', 'link Self does not belong'],
  'DomesticPaymentConsent.PreferMisspeltContractPresentIndicator': [
    'domestic-payment',
    'Risk.ContractPresentIndicator',
  ],
  'DomesticPaymentConsent.UseB64JoseHeader': ['domestic-payment', 'x-jws-signature lacks b64'],
  'DomesticPayment.PreferMisspeltContractPresentIndicator': [
    'domestic-payment',
    'Risk.ContractPresentIndicator',
  ],
  'DomesticPayment.UseB64JoseHeader': ['domestic-payment', 'x-jws-signature lacks b64'],
};

interface Twin {
  name: string;
  mutation: Mutation;
}

const twins = quirks.flatMap(({ name: quirk, shownBy }, index): [quirk: string, twin: Twin][] => {
  if (shownBy === undefined) return [];
  const mutation = mutationsOf(shownBy.profile).find(({ path }) => path === shownBy.path);
  if (mutation === undefined) throw new Error(`${shownBy.profile} has no ${shownBy.path}`);
  return [[quirk, { name: `${shownBy.profile}Twin${index}`, mutation }]];
});

const folder = mkdtempSync(join(tmpdir(), 'twins-'));
let matrix: MatrixHouse;
beforeAll(async () => {
  for (const [, { name, mutation }] of twins) {
    const profile = variant(mutation.profile, name, mutation.patch);
    const file = { group: profile.group, source: 'a twin', banks: { [name]: profile } };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(file));
  }
  matrix = await openMatrixHouse({ BANK_PROFILES_DIR: folder });
});
afterAll(async () => {
  await matrix.house.close();
  rmSync(folder, { recursive: true });
});

describe.concurrent('without the choice', { timeout: 120_000 }, () => {
  it.each(twins)('%s', async (quirk, { name, mutation }) => {
    const { profile, path } = mutation;
    const right = simulatedBank(matrix.sandbox, builtInBook, profile);
    const useVersion3 = /v3\.1|^risk\./.test(path) && !/^(Danske|Tide)_/.test(profile);
    const leftOut = paymentFamilies.filter((family) => family !== 'domestic-payment');
    const bank = { ...right, profile: name, useVersion3, leftOut };
    const { cells } = await runBank(matrix.apiUrl, bank, matrix.house, { stopAtFailure: true });
    const failed = Object.entries(cells).flatMap(([column, cell]) =>
      cell.kind === 'failed' ? [[column, cell.message]] : [],
    );
    const [column, reads] = failures[quirk] ?? [];
    expect(failed).toEqual([[column, expect.stringContaining(reads ?? 'nothing is expected of this quirk')]]);
  });
});
