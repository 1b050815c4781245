import { describe, expect, it } from 'vitest';
import { builtInBook } from '../../bank-profiles/book.ts';
import { ConfigurationMissing, resolveProfile } from '../../bank-profiles/resolve-profile.ts';

const sandboxSettings = {
  SANDBOX_BANK_BROWSER_URL: 'https://localhost:8443/',
  SANDBOX_BANK_API_URL: 'https://localhost:8444',
};

function resolve(name: string, settings: Record<string, string> = {}, simulated = false) {
  const profile = builtInBook.find(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return resolveProfile(profile, { settings, simulated });
}

describe('values that are left to configuration', () => {
  it('are filled in with their path', () => {
    const profile = resolve('Sandbox_Hybrid', sandboxSettings);
    expect(profile.issuer).toBe('https://localhost:8443/hybrid');
    expect(profile.discovery.url).toBe('https://localhost:8443/hybrid/.well-known/openid-configuration');
    expect(profile.paymentInitiation?.baseUrls['v3.1']).toBe(
      'https://localhost:8444/hybrid/open-banking/v3.1/pisp',
    );
  });

  it.each([
    ['BANK_HSBC_UKPERSONAL_FINANCIAL_ID', 'BANK_HSBC_FINANCIAL_ID'],
    ['OpenBankingConnector__BankProfiles__Hsbc__UkPersonal__FinancialId', 'BANK_HSBC_FINANCIAL_ID'],
    ['BANK_HSBC_FINANCIAL_ID', 'OpenBankingConnector__BankProfiles__Hsbc__Default__FinancialId'],
  ])('are read from %s before %s', (first, second) => {
    const { organisationId } = resolve('Hsbc_UkPersonal', { [first]: 'one', [second]: 'two' });
    expect(organisationId).toBe('one');
    expect(resolve('Hsbc_UkPersonal', { [first]: '', [second]: 'two' }).organisationId).toBe('two');
  });

  it('serve both versions by one address, whichever version it is given in', () => {
    const settings = {
      BANK_HSBC_FINANCIAL_ID: 'id',
      BANK_HSBC_SANDBOX_ISSUER_URL: 'https://bank.example',
      BANK_HSBC_SANDBOX_ACCOUNT_AND_TRANSACTION_API_BASE_URL: 'https://bank.example/open-banking/v3.1/aisp',
      BANK_HSBC_SANDBOX_PAYMENT_INITIATION_API_BASE_URL: 'https://bank.example/open-banking/v4.0/pisp',
    };
    const { accountInformation, paymentInitiation } = resolve('Hsbc_Sandbox', settings);
    expect(accountInformation?.baseUrls['v4.0']).toBe('https://bank.example/open-banking/v4.0/aisp');
    expect(paymentInitiation?.baseUrls['v3.1']).toBe('https://bank.example/open-banking/v3.1/pisp');
  });

  it('name every variable that is missing or no address, before anything is sent', () => {
    const failure = () => resolve('Sandbox_Hybrid', { SANDBOX_BANK_API_URL: 'no address' });
    expect(failure).toThrow(ConfigurationMissing);
    expect(failure).toThrow('SANDBOX_BANK_BROWSER_URL, SANDBOX_BANK_API_URL');
    expect(() => resolve('Hsbc_Sandbox')).toThrow(
      'BANK_HSBC_SANDBOX_ISSUER_URL, BANK_HSBC_FINANCIAL_ID, ' +
        'BANK_HSBC_SANDBOX_ACCOUNT_AND_TRANSACTION_API_BASE_URL, BANK_HSBC_SANDBOX_PAYMENT_INITIATION_API_BASE_URL',
    );
  });
});

describe('what is said for a bank', () => {
  it('counts at every place that says nothing itself', () => {
    const { grants } = resolve('Barclays_Sandbox', { BANK_BARCLAYS_FINANCIAL_ID: 'id' });
    expect(grants.accountAccess.authorisation.idToken).toMatchObject({
      validation: 'none',
      subject: 'customer',
    });
    expect(grants.accountAccess.refresh.idToken).toMatchObject({ validation: 'full', subject: 'customer' });
  });

  it('has ID tokens of the issuer, or of whom the request object is for', () => {
    expect(resolve('Obie_Model2023').grants.accountAccess.refresh.idToken.issuer).toBe(
      'https://auth1.obie.uk.ozoneapi.io',
    );
    const { issuer, grants } = resolve('NatWest_NatWestBankline');
    expect(issuer).toBe('https://corporate.secure1.natwest.com');
    expect(grants.domesticPayment.codeExchange.idToken.issuer).toBe('https://secure1.natwest.com');
  });

  it('is the newest version that it has an address for', () => {
    expect(resolve('Obie_Model2023').accountInformation?.version).toBe('v3.1');
    expect(resolve('NatWest_NatWest').accountInformation?.version).toBe('v4.0');
  });
});

describe('a simulated bank', () => {
  const simulated = (name: string) => resolve(name, sandboxSettings, true);

  it('has every address of the profile on the sandbox', () => {
    const { issuer, paymentInitiation, discovery, links } = simulated('Lloyds_HalifaxPersonal');
    const path = 'at/https/authorise-api.halifax-online.co.uk/prod01/channel/mtls/hfx/personal';
    expect(issuer).toBe(`https://localhost:8443/${path}`);
    expect(discovery.url).toBe(`https://localhost:8443/${path}/.well-known/openid-configuration`);
    expect(paymentInitiation?.baseUrls['v4.0']).toBe(
      'https://localhost:8444/at/https/secure-api.halifax.co.uk/prod01/lbg/hfx/open-banking/v4.0/pisp',
    );
    expect(links.otherBaseUrls.accountInformation['v4.0']).toMatch(
      /^https:\/\/localhost:8444\/at\/https\/secure-api\.lloydsbank\.com\//,
    );
    expect(simulated('Zopa_Zopa').grants.domesticPayment.authorisation.endpoint).toBe(
      'https://localhost:8443/at/zopa/open-banking/pis-single-payment-consent',
    );
    expect(simulated('Barclays_Personal').accountInformation?.baseUrls['v3.1']).toContain(
      '/at/https/telesto.api.barclays:443/open-banking',
    );
  });

  it('needs nothing private', () => {
    const { organisationId, issuer, paymentInitiation } = simulated('Lloyds_Sandbox');
    expect(organisationId).toBe('0015800000LLOYDSXX');
    expect(issuer).toBe('https://localhost:8443/at/https/lloyds-sandbox.example');
    expect(paymentInitiation?.baseUrls['v3.1']).toBe(
      'https://localhost:8444/at/https/lloyds-sandbox.example/open-banking/v3.1',
    );
    expect(() => resolve('Lloyds_Sandbox', {}, true)).toThrow(
      'SANDBOX_BANK_BROWSER_URL, SANDBOX_BANK_API_URL',
    );
  });

  it('is the sandbox bank itself where a profile is of one', () => {
    expect(simulated('Sandbox_Jarm').issuer).toBe('https://localhost:8443/jarm');
  });
});
