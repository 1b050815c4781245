// The 63 ways in which banks are known to make a client behave differently (finlabsuk/open-banking-connector 18.5.0, whose
// names stand first), and where each is shown to matter: a value of a bank's profile that turns the matrix red when it is
// another one.
export interface Quirk {
  /** As the connector that is in use with UK banks calls it. */
  name: string;
  /** The choice of a profile. */
  choice: string;
  /** The value that shows it, as the mutation run calls it; absent where a test at an odd bank of the sandbox does. */
  shownBy?: { profile: string; path: string };
  /** What waits for variable recurring payments. */
  waits?: true;
}

const at = (profile: string, path: string) => ({ shownBy: { profile, path } });
const accountAccess = (path: string) => `grants.accountAccess.${path}`;
const payment = (path: string) => `grants.domesticPayment.${path}`;

export const quirks: readonly Quirk[] = [
  { name: 'OpenIdConfigurationGet.Url', choice: 'discovery.url', ...at('Wise_Wise', 'discovery.url') },
  {
    name: 'OpenIdConfigurationGet.ResponseModesSupportedResponse',
    choice: 'discovery.responseModes',
    ...at('Lloyds_LloydsPersonal', 'discovery.responseModes[fragment]'),
  },
  {
    name: 'OpenIdConfigurationGet.TokenEndpointAuthMethodsSupportedResponse',
    choice: 'discovery.tokenEndpointAuthMethods',
  },
  {
    name: 'OpenIdConfigurationGet.OpenIdConfiguration',
    choice: 'discovery.document',
    ...at('Cooperative_Smile', 'discovery.document.tokenEndpoint'),
  },
  {
    name: 'BankRegistrationPost.IssuedAtClaimResponseJsonConverter',
    choice: 'registration.answerTimes.iat',
    ...at('Nationwide_VirginMerged', 'registration.answerTimes.iat'),
  },
  {
    name: 'BankRegistrationPost.ExpirationTimeClaimResponseJsonConverter',
    choice: 'registration.answerTimes.exp',
    ...at('Nationwide_VirginMerged', 'registration.answerTimes.exp'),
  },
  {
    name: 'BankRegistrationPost.ClientIdIssuedAtClaimResponseJsonConverter',
    choice: 'registration.answerTimes.client_id_issued_at',
    ...at('Tide_Tide', 'registration.answerTimes.client_id_issued_at'),
  },
  { name: 'BankRegistrationPost.ScopeClaimJsonConverter', choice: 'registration.requestScope' },
  {
    name: 'BankRegistrationPost.ScopeClaimResponseJsonConverter',
    choice: 'registration.answerScope',
    ...at('NatWest_NatWestSandbox', 'registration.answerScope'),
  },
  {
    name: 'BankRegistrationPost.AudClaim',
    choice: 'registration.audience',
    ...at('Hsbc_UkPersonal', 'registration.audience'),
  },
  {
    name: 'BankRegistrationPost.SubjectTypeClaim',
    choice: 'registration.subjectType',
    ...at('Lloyds_Sandbox', 'registration.subjectType'),
  },
  {
    name: 'BankRegistrationPost.GrantTypesClaim',
    choice: 'registration.grantTypes',
    ...at('Lloyds_LloydsPersonal', 'registration.grantTypes'),
  },
  {
    name: 'BankRegistrationPost.UseApplicationJoseNotApplicationJwtContentTypeHeader',
    choice: 'registration.contentType',
    ...at('Danske_Sandbox', 'registration.contentType'),
  },
  {
    name: 'BankRegistrationPost.TransportCertificateSubjectDnOrgIdEncoding',
    choice: 'registration.subjectDn',
    ...at('Nationwide_Nationwide', 'registration.subjectDn'),
  },
  {
    name: 'BankRegistrationPut.GetCustomTokenScope',
    choice: 'registration.managementScope',
    ...at('Starling_Starling', 'registration.managementScope'),
  },
  {
    name: 'IdTokenProcessing.IdTokenSubClaimType',
    choice: 'idToken.subject',
    ...at('Tsb_Tsb', 'idToken.subject'),
  },
  {
    name: 'IdTokenProcessing.DoNotValidateIdToken',
    choice: 'idToken.validation',
    ...at('Barclays_Sandbox', accountAccess('codeExchange.idToken.validation')),
  },
  { name: 'IdTokenProcessing.IdTokenNonceClaimIsPreviousValue', choice: 'idToken.nonce' },
  {
    name: 'IdTokenProcessing.IdTokenMayNotHaveAcrClaim',
    choice: 'idToken.mayLack[acr]',
    ...at('Starling_Starling', accountAccess('authorisation.idToken.mayLack[acr]')),
  },
  {
    name: 'IdTokenProcessing.DoNotValidateIdTokenAcrClaim',
    choice: 'idToken.acr',
    ...at('NatWest_Mettle', payment('authorisation.idToken.acr')),
  },
  {
    name: 'IdTokenProcessing.IdTokenMayNotHaveAuthTimeClaim',
    choice: 'idToken.mayLack[auth_time]',
    ...at('Danske_Sandbox', payment('codeExchange.idToken.mayLack[auth_time]')),
  },
  {
    name: 'IdTokenProcessing.IdTokenMayNotHaveConsentIdClaim',
    choice: 'idToken.mayLack[openbanking_intent_id]',
    ...at('Revolut_Revolut', accountAccess('codeExchange.idToken.mayLack[openbanking_intent_id]')),
  },
  {
    name: 'IdTokenProcessing.IdTokenMayNotHaveNonceClaim',
    choice: 'idToken.mayLack[nonce]',
    ...at('Nationwide_VirginMerged', payment('codeExchange.idToken.mayLack[nonce]')),
  },
  { name: 'IdTokenProcessing.IssClaim', choice: 'idToken.issuer' },
  {
    name: 'IdTokenProcessing.IdTokenExpirationTimeClaimJsonConverter',
    choice: 'idToken.expiryUnit',
    ...at('Revolut_Revolut', payment('codeExchange.idToken.expiryUnit')),
  },
  { name: 'JwksGet.ResponseHasNoRootProperty', choice: 'discovery.keySet' },
  {
    name: 'GrantPost.ResponseScopeMayIncludeExtraValues',
    choice: '…extraScopes',
    ...at('Chase_Chase', payment('codeExchange.extraScopes')),
  },
  {
    name: 'GrantPost.ResponseScopeEmptyTreatedAsNull',
    choice: '…emptyScope',
    ...at('Monzo_Monzo', 'clientCredentials.emptyScope'),
  },
  {
    name: 'GrantPost.ResponseTokenTypeCaseMayBeIncorrect',
    choice: '…tokenType',
    ...at('Wise_Wise', accountAccess('refresh.tokenType')),
  },
  {
    name: 'ClientCredentialsGrantPost.UnexpectedResponseRefreshTokenMayBePresent',
    choice: 'clientCredentials.refreshToken',
    ...at('Chase_Chase', 'clientCredentials.refreshToken'),
  },
  {
    name: 'AuthCodeGrantPost.ExpectedResponseRefreshTokenMayBeAbsent',
    choice: 'grants.*.codeExchange.refreshToken',
    ...at('Hsbc_UkPersonal', payment('codeExchange.refreshToken')),
  },
  {
    name: 'AuthCodeGrantPost.UnexpectedResponseRefreshTokenMayBePresent',
    choice: 'grants.*.codeExchange.refreshToken',
  },
  {
    name: 'AuthCodeGrantPost.IdTokenProcessingCustomBehaviour',
    choice: 'grants.*.codeExchange.idToken',
    ...at('Starling_Starling', payment('codeExchange.idToken.mayLack[acr]')),
  },
  {
    name: 'AuthCodeGrantPost.Scope',
    choice: 'grants.*.codeExchange.scope',
    ...at('Cooperative_Cooperative', accountAccess('codeExchange.scope')),
  },
  {
    name: 'AuthCodeGrantPost.UseScopeInRequest',
    choice: 'grants.*.codeExchange.sendScope',
    ...at('Nationwide_VirginMerged', payment('codeExchange.sendScope')),
  },
  {
    name: 'RefreshTokenGrantPost.IdTokenMayBeAbsent',
    choice: 'grants.*.refresh.idTokenIs',
    ...at('Tsb_Tsb', accountAccess('refresh.idTokenIs')),
  },
  {
    name: 'RefreshTokenGrantPost.IdTokenProcessingCustomBehaviour',
    choice: 'grants.*.refresh.idToken',
    ...at('Nationwide_Nationwide', accountAccess('refresh.idToken.acr')),
  },
  {
    name: 'RefreshTokenGrantPost.Scope',
    choice: 'grants.*.refresh.scope',
    ...at('Cooperative_Cooperative', accountAccess('refresh.scope')),
  },
  {
    name: 'RefreshTokenGrantPost.UseScopeInRequest',
    choice: 'grants.*.refresh.sendScope',
    ...at('Nationwide_VirginMerged', accountAccess('refresh.sendScope')),
  },
  { name: 'ConsentAuthGet.ConsentIdClaimPrefix', choice: 'grants.*.authorisation.consentIdPrefix' },
  {
    name: 'ConsentAuthGet.AudClaim',
    choice: 'grants.*.authorisation.audience',
    ...at('NatWest_NatWest', accountAccess('authorisation.audience')),
  },
  {
    name: 'ConsentAuthGet.Scope',
    choice: 'grants.*.authorisation.scope',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.scope')),
  },
  {
    name: 'ConsentAuthGet.GetExtraParameters',
    choice: 'grants.*.authorisation.extraParameters',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.extraParameters.always.login_hint')),
  },
  {
    name: 'ConsentAuthGet.DetectReAuthCaseViaConsentStatus',
    choice: 'grants.*.authorisation.reauthorisation',
  },
  {
    name: 'ConsentAuthGet.ExtraConsentParameterName',
    choice: 'grants.*.authorisation.consentIdParameter',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.consentIdParameter')),
  },
  {
    name: 'ConsentAuthGet.DoNotUseUrlPathEncoding',
    choice: 'grants.*.authorisation.parameterEncoding',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.parameterEncoding')),
  },
  {
    name: 'ConsentAuthGet.SingleBase64EncodedParameterName',
    choice: 'grants.*.authorisation.singleParameter',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.singleParameter')),
  },
  {
    name: 'ConsentAuthGet.AuthorizationEndpoint',
    choice: 'grants.*.authorisation.endpoint',
    ...at('Zopa_Zopa', payment('authorisation.endpoint')),
  },
  {
    name: 'ConsentAuthGet.AddRedundantOAuth2StateRequestParameter',
    choice: 'grants.*.authorisation.stateParameter',
  },
  {
    name: 'ConsentAuthGet.AddRedundantOAuth2NonceRequestParameter',
    choice: 'grants.*.authorisation.nonceParameter',
    ...at('Revolut_Revolut', payment('authorisation.nonceParameter')),
  },
  {
    name: 'ConsentAuthGet.UsePkce',
    choice: 'grants.*.authorisation.pkce',
    ...at('Cooperative_Cooperative', accountAccess('authorisation.pkce')),
  },
  {
    name: 'ConsentAuthGet.IdTokenProcessingCustomBehaviour',
    choice: 'grants.*.authorisation.idToken',
    ...at('Nationwide_VirginMerged', accountAccess('authorisation.idToken.subject')),
  },
  {
    name: 'ReadWriteGet.ResponseLinksMayAddSlash',
    choice: 'links.addedSlash',
    ...at('NatWest_Coutts', 'links.addedSlash'),
  },
  {
    name: 'ReadWriteGet.ResponseLinksMayHaveIncorrectUrlBeforeQuery',
    choice: 'links.anyBaseUrl',
  },
  {
    name: 'ReadWriteGet.GetResponseLinksAllowReplace',
    choice: 'links.otherBaseUrls',
    ...at('Tide_Tide', 'links.otherBaseUrls.paymentInitiation.v3.1'),
  },
  {
    name: 'ReadWritePost.PostResponseLinksMayOmitId',
    choice: 'links.withoutNewId',
    ...at('Starling_Starling', 'links.withoutNewId[domesticPayment]'),
  },
  {
    name: 'DomesticPaymentConsent.PreferMisspeltContractPresentIndicator',
    choice: 'risk.misspelt[payments]',
    ...at('Danske_Sandbox', 'risk.misspelt[payments]'),
  },
  {
    name: 'DomesticPaymentConsent.UseB64JoseHeader',
    choice: 'messageSigning.style',
    ...at('Tsb_Tsb', 'messageSigning.style'),
  },
  {
    name: 'DomesticPayment.PreferMisspeltContractPresentIndicator',
    choice: 'risk.misspelt[payments]',
    ...at('Hsbc_UkPersonal', 'risk.misspelt[payments]'),
  },
  {
    name: 'DomesticPayment.UseB64JoseHeader',
    choice: 'messageSigning.style',
    ...at('Nationwide_VirginMerged', 'messageSigning.style'),
  },
  {
    name: 'DomesticVrpConsent.PreferMisspeltContractPresentIndicator',
    choice: 'risk.misspelt[variable-recurring-payments]',
    waits: true,
  },
  {
    name: 'DomesticVrp.PreferMisspeltContractPresentIndicator',
    choice: 'risk.misspelt[variable-recurring-payments]',
    waits: true,
  },
  {
    name: 'DomesticVrp.RefundResponseJsonConverter',
    choice: 'variableRecurringPayments.refund',
    waits: true,
  },
];
