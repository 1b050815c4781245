// The banks that there are, as the API tells them.
import { describe, expect, it } from 'vitest';
import { bankProfileFacts } from '../../api/bank-profile-facts.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { bankProfileSchema } from '../../bank-profiles/profile.ts';
import { fakeApi } from './fake-api.ts';

const settings = { BANK_HSBC_FINANCIAL_ID: 'id' };
const api = fakeApi({ bankProfiles: bankProfileFacts(builtInBook, settings) });
const list = async (query = '') => {
  const { status, json } = await api.send('GET', `/banks${query}`);
  expect(status).toBe(200);
  return json.Data as { BankProfile: string; MissingConfiguration: string[] }[];
};

describe('GET /banks', () => {
  it('lists every bank with what it offers and what it lacks', async () => {
    const banks = await list();
    expect(banks).toHaveLength(60);
    expect(banks.find(({ BankProfile }) => BankProfile === 'Hsbc_Sandbox')).toMatchObject({
      ...{
        BankGroup: 'Hsbc',
        Environment: 'sandbox',
        RegistrationGroups: ['Sandbox'],
        ResponseMode: 'query',
      },
      PaymentInitiationApi: { Versions: ['v3.1', 'v4.0'], DefaultVersion: 'v4.0' },
      MissingConfiguration: [
        'BANK_HSBC_SANDBOX_ISSUER_URL',
        'BANK_HSBC_SANDBOX_ACCOUNT_AND_TRANSACTION_API_BASE_URL',
        'BANK_HSBC_SANDBOX_PAYMENT_INITIATION_API_BASE_URL',
      ],
    });
  });

  it.each([
    ['?group=Monzo', 2],
    ['?environment=model', 1],
    ['?api=vrp', 45],
    ['?api=cbpii', 2],
    ['?api=cbpii&group=Sandbox&version=v3.1', 2],
    ['?api=aisp&version=v4.0', 44],
    ['?version=v4.0&group=Zopa', 1],
    ['?group=Hsbc&configured=true', 5],
    ['?group=Hsbc&configured=false', 1],
  ])('filters by %s', async (query, count) => {
    expect(await list(query)).toHaveLength(count);
  });

  it('refuses a filter that it does not know', async () => {
    const { status, json } = await api.send('GET', '/banks?grup=Monzo');
    expect([status, json.code]).toEqual([400, 'validation-failed']);
  });
});

describe('GET /banks/{bankProfile}', () => {
  it('tells how the bank differs, and where that is known from', async () => {
    const { json } = await api.send('GET', '/banks/Tsb_Tsb');
    expect(json).toMatchObject({
      BankProfile: 'Tsb_Tsb',
      Differences: { 'messageSigning.style': 'b64-false', 'idToken.subject': 'customer' },
      MissingConfiguration: ['BANK_TSB_FINANCIAL_ID'],
      Source: expect.stringContaining('2026'),
    });
    expect(json.Differences).not.toHaveProperty('authorisation.responseType');
  });

  it('knows both spellings, and suggests a name for an unknown one', async () => {
    const { json } = await api.send('GET', '/banks/Lloyds_LloydsCommercial');
    expect(json.BankProfile).toBe('Lloyds_LloydsCommerical');
    const unknown = await api.send('GET', '/banks/Monzo_Monso');
    expect([unknown.status, unknown.json.detail]).toEqual([404, 'Did you mean Monzo_Monzo?']);
  });
});

it('GET /banks/schema describes a profile file’s bank, and refuses what the connector refuses', async () => {
  const { json } = await api.send('GET', '/banks/schema');
  expect(json).toMatchObject({ type: 'object', additionalProperties: false });
  expect(Object.keys(json.properties as object).sort()).toEqual(Object.keys(bankProfileSchema.shape).sort());
});
