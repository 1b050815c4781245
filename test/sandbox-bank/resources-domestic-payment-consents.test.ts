// Domestic payment consents: which are taken, how they read back, and what is said about funds.
import { describe, expect, it } from 'vitest';
import {
  agreedPayment,
  consentRequest,
  instruction,
  newKey,
  openBank,
  type Version,
} from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];

describe.each(versions)('domestic payment consents of %s', (version) => {
  const path = `/${version}/pisp/domestic-payment-consents`;
  const bank = openBank();
  const post = (body: unknown) => bank.ask('POST', path, { token: 'client', key: newKey(), body });

  it('are created awaiting authorisation and read back as they were sent', async () => {
    const remittance = version === 'v4.0' ? { Unstructured: ['Invoice 7'] } : { Reference: 'Invoice 7' };
    const more = { LocalInstrument: 'UK.OBIE.FPS', RemittanceInformation: remittance };
    const request = consentRequest(instruction('12.50', more), {
      ReadRefundAccount: 'Yes',
      Authorisation: { AuthorisationType: 'Any' },
      SCASupportData: { AppliedAuthenticationApproach: 'SCA' },
    });
    const { status, body } = await post(request);
    expect(status).toBe(201);
    expect(body.Data).toMatchObject({
      ...request.Data,
      Status: version === 'v4.0' ? 'AWAU' : 'AwaitingAuthorisation',
    });
    expect(body.Risk).toEqual(request.Risk);
    expect('Debtor' in body.Data).toBe(false);
    expect((await bank.ask('GET', `${path}/${body.Data.ConsentId}`, { token: 'client' })).body).toEqual(body);
    expect(bank.state.consents.get(body.Data.ConsentId)?.payment).toMatchObject({
      amount: '12.50',
      reference: 'Invoice 7',
    });
  });

  it('name the debtor once the customer chose the account', async () => {
    const { consentId } = await agreedPayment(bank, version);
    const { body } = await bank.ask('GET', `${path}/${consentId}`, { token: 'client' });
    expect(body.Data.Status).toBe(version === 'v4.0' ? 'AUTH' : 'Authorised');
    expect(body.Data.Debtor).toMatchObject({ Identification: '99000110222890', Name: 'MS A HART' });
  });

  it.each([
    [
      'another currency',
      { InstructedAmount: { Amount: '1.00', Currency: 'EUR' } },
      'U023',
      'Unsupported.Currency',
    ],
    ['nothing', { InstructedAmount: { Amount: '0.00', Currency: 'GBP' } }, 'U002', 'Field.Invalid'],
    ['part of a penny', { InstructedAmount: { Amount: '1.005', Currency: 'GBP' } }, 'U002', 'Field.Invalid'],
    [
      'a negative amount',
      { InstructedAmount: { Amount: '-1.00', Currency: 'GBP' } },
      'U002',
      'Field.Invalid',
    ],
    ['an amount in a number', { InstructedAmount: { Amount: 1, Currency: 'GBP' } }, 'U002', 'Field.Invalid'],
    ['another instrument', { LocalInstrument: 'UK.OBIE.Paym' }, 'U026', 'Unsupported.LocalInstrument'],
    [
      'no name',
      { CreditorAccount: { SchemeName: 'UK.OBIE.IBAN', Identification: 'x' } },
      'U004',
      'Field.Missing',
    ],
    [
      'a card',
      { CreditorAccount: { SchemeName: 'UK.OBIE.PAN', Identification: '1', Name: 'x' } },
      'U027',
      'Unsupported.Scheme',
    ],
    [
      'a short account number',
      { CreditorAccount: { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '99', Name: 'x' } },
      'U021',
      'Unsupported.AccountIdentifier',
    ],
    ['a long reference', { EndToEndIdentification: 'x'.repeat(36) }, 'U002', 'Field.Invalid'],
    ['an empty reference', { EndToEndIdentification: '' }, 'U002', 'Field.Invalid'],
    ['an unknown member', { Surprise: true }, 'U005', 'Field.Unexpected'],
    ['a member that JavaScript knows', { toString: 'x' }, 'U005', 'Field.Unexpected'],
  ])('are refused with %s', async (_, more, code, oldName) => {
    const answer = await post(consentRequest(instruction('1.00', more)));
    expect([answer.status, answer.codes]).toEqual([400, [version === 'v4.0' ? code : `UK.OBIE.${oldName}`]]);
    expect(answer.body.Errors[0].Path).toMatch(/^Data\.Initiation\./);
  });

  it('take an IBAN and whole pounds', async () => {
    const CreditorAccount = {
      SchemeName: 'UK.OBIE.IBAN',
      Identification: 'GB29NWBK60161331926819',
      Name: 'x',
    };
    expect((await post(consentRequest(instruction('10', { CreditorAccount })))).status).toBe(201);
  });

  it('belong to the third party that made them and to their version', async () => {
    const { consentId } = await agreedPayment(bank, version);
    expect((await bank.ask('GET', `${path}/${consentId}`, { token: 'stranger' })).status).toBe(403);
    const other = version === 'v4.0' ? 'v3.1' : 'v4.0';
    const elsewhere = `/${other}/pisp/domestic-payment-consents/${consentId}`;
    expect((await bank.ask('GET', elsewhere, { token: 'client' })).status).toBe(400);
    expect((await bank.ask('GET', `${path}/none`, { token: 'client' })).status).toBe(400);
  });

  it('say whether there is enough money', async () => {
    const available = async (amount: string) => {
      const { consentId, token } = await agreedPayment(bank, version, instruction(amount));
      const { body } = await bank.ask('GET', `${path}/${consentId}/funds-confirmation`, { token });
      return body.Data.FundsAvailableResult;
    };
    expect(await available('10.00')).toEqual({
      FundsAvailable: true,
      FundsAvailableDateTime: '2026-11-20T15:00:00.000Z',
    });
    expect((await available('9000000.00')).FundsAvailable).toBe(false);
    bank.knobs.checkFunds = false;
    expect((await available('9000000.00')).FundsAvailable).toBe(true);
    bank.knobs.checkFunds = true;
  });

  it('say nothing about money unless they are authorised, and to their own token only', async () => {
    const code = version === 'v4.0' ? 'U009' : 'UK.OBIE.Resource.InvalidConsentStatus';
    const { body } = await post(consentRequest());
    const waiting: string = body.Data.ConsentId;
    const early = await bank.ask('GET', `${path}/${waiting}/funds-confirmation`, {
      token: `consent:${waiting}`,
    });
    expect([early.status, early.codes]).toEqual([400, [code]]);
    const { token } = await agreedPayment(bank, version);
    const foreign = await bank.ask('GET', `${path}/${waiting}/funds-confirmation`, { token });
    expect(foreign.codes).toEqual([version === 'v4.0' ? 'U008' : 'UK.OBIE.Resource.ConsentMismatch']);
  });

  it('are not authorised for accounts that cannot pay or are not the customer’s', async () => {
    const { body } = await post(consentRequest());
    const agree = (psu: string, ...accountIds: string[]) =>
      bank.state.authoriseConsent(body.Data.ConsentId, { psu, accountIds });
    expect(() => agree('alice', '31820')).toThrow('cannot pay');
    expect(() => agree('alice', '22289', '60412')).toThrow('one account');
    expect(() => agree('alice', '70001')).toThrow('not this customer');
    expect(() => agree('alice')).toThrow('no account');
    expect(() => agree('nobody', '22289')).toThrow('unknown customer');
    agree('alice', '22289');
    expect(() => agree('alice', '22289')).toThrow('AUTH');
    expect(() => bank.state.rejectConsent(body.Data.ConsentId)).toThrow('AUTH');
    expect(() => bank.state.rejectConsent('none')).toThrow('unknown consent');
  });

  it('that name the account to pay from can be authorised for that one only', async () => {
    const DebtorAccount = { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '99000110604121' };
    const { body } = await post(consentRequest(instruction('1.00', { DebtorAccount })));
    const agree = (accountId: string) =>
      bank.state.authoriseConsent(body.Data.ConsentId, { psu: 'alice', accountIds: [accountId] });
    expect(() => agree('22289')).toThrow('another account');
    agree('60412');
    expect(bank.state.consents.get(body.Data.ConsentId)?.status).toBe('AUTH');
  });
});
