// x-jws-signature on requests, each rule broken once, and on answers.
import { describe, expect, it } from 'vitest';
import {
  agreedPayment,
  bankKey,
  consentRequest,
  newKey,
  openBank,
  signDetached,
  start,
} from './resources-bank.ts';
import { verifiedSignature } from './resources-published.ts';

const path = '/v4.0/pisp/domestic-payment-consents';
const name = (claim: string) => `http://openbanking.org.uk/${claim}`;
const seconds = Math.floor(start / 1000);

function post(bank: ReturnType<typeof openBank>, signature?: Record<string, unknown> | string | false) {
  const asked = { token: 'client', key: newKey(), body: consentRequest() };
  return bank.ask('POST', path, signature === undefined ? asked : { ...asked, signature });
}

describe('the signature of a request', () => {
  it('is taken when it is in order, with typ and cty or without', async () => {
    const bank = openBank();
    expect((await post(bank)).status).toBe(201);
    expect((await post(bank, { typ: 'JOSE', cty: 'application/json' })).status).toBe(201);
    expect((await post(bank, { crit: [name('tan'), name('iat'), name('iss')] })).status).toBe(201);
  });

  it.each([
    ['none', false as const, 'U019'],
    ['an empty one', '', 'U019'],
    ['one that is not detached', 'a.b.c', 'U018'],
    ['one with a part too many', 'a..b.c', 'U018'],
    ['one without a signature', 'a..', 'U018'],
    ['an unreadable header', 'bm9uc2Vuc2U..c2ln', 'U018'],
    ['no alg', { alg: undefined }, 'U017'],
    ['no kid', { kid: undefined }, 'U017'],
    ['no iat', { [name('iat')]: undefined }, 'U017'],
    ['no iss', { [name('iss')]: undefined }, 'U017'],
    ['no tan', { [name('tan')]: undefined }, 'U017'],
    ['no crit', { crit: undefined }, 'U017'],
    ['another alg', { alg: 'RS256' }, 'U016'],
    ['alg none', { alg: 'none' }, 'U016'],
    ['another typ', { typ: 'JWT' }, 'U016'],
    ['another cty', { cty: 'text/plain' }, 'U016'],
    ['a time to come', { [name('iat')]: seconds + 60 }, 'U016'],
    ['a time long past', { [name('iat')]: seconds - 3_601 }, 'U016'],
    ['a time in words', { [name('iat')]: 'now' }, 'U016'],
    ['another issuer', { [name('iss')]: 'organisation-1/software-2' }, 'U016'],
    ['another trust anchor', { [name('tan')]: 'example.com' }, 'U016'],
    ['a short crit', { crit: [name('iat'), name('iss')] }, 'U016'],
    ['a repeated crit', { crit: [name('iat'), name('iss'), name('iss')] }, 'U016'],
    ['an unknown member', { jku: 'https://example.com' }, 'U016'],
    ['b64 true', { b64: true }, 'U016'],
    ['an unknown key', { kid: 'seal-2' }, 'U015'],
  ])('is refused with %s', async (_, signature, code) => {
    const bank = openBank();
    const answer = await post(bank, signature);
    expect([answer.status, answer.codes]).toEqual([400, [code]]);
    expect(answer.body.Errors[0].Path).toBe('x-jws-signature');
    expect(bank.state.counters().consentsCreated).toBe(0);
  });

  it('is refused when it was made over another body', async () => {
    const answer = await post(openBank(), await signDetached('{}', start));
    expect(answer.codes).toEqual(['U015']);
  });

  it('is refused before the key is looked at', async () => {
    const bank = openBank();
    const asked = { token: 'client', key: newKey(), body: consentRequest() };
    await bank.ask('POST', path, asked);
    expect((await bank.ask('POST', path, { ...asked, signature: { kid: 'seal-2' } })).codes).toEqual([
      'U015',
    ]);
  });

  it('has the old name of its fault on version 3', async () => {
    const asked = { token: 'client', key: newKey(), body: consentRequest(), signature: false as const };
    const answer = await openBank().ask('POST', '/v3.1/pisp/domestic-payment-consents', asked);
    expect(answer.codes).toEqual(['UK.OBIE.Signature.Missing']);
    expect(answer.body.Code).toBe('400 BadRequest');
  });
});

describe('the style of signatures', () => {
  it('is without b64, unless the bank is of the older kind', async () => {
    const bank = openBank();
    expect((await post(bank, { b64: false })).codes).toEqual(['U016']);
    bank.knobs.signatureStyle = 'b64-false';
    expect((await post(bank, { b64: false })).status).toBe(201);
    expect((await post(bank)).codes).toEqual(['U017']);
    bank.knobs.signatureStyle = 'either';
    expect((await post(bank, { b64: false })).status).toBe(201);
    expect((await post(bank)).status).toBe(201);
  });

  it('needs b64 among the critical members when it is there', async () => {
    const bank = openBank();
    bank.knobs.signatureStyle = 'either';
    const crit = [name('iat'), name('iss'), name('tan')];
    expect((await post(bank, { b64: false, crit })).codes).toEqual(['U016']);
  });

  it('of an answer is that of the request', async () => {
    const bank = openBank();
    bank.knobs.signatureStyle = 'either';
    const style = async (answer: Promise<{ raw: Response }>) =>
      (await verifiedSignature((await answer).raw, bankKey)).b64;
    expect(await style(post(bank, { b64: false }))).toBe(false);
    expect(await style(post(bank))).toBeUndefined();
    bank.knobs.signatureStyle = 'b64-false';
    expect(await style(bank.ask('GET', `${path}/none`, { token: 'client' }))).toBe(false);
  });
});

describe('the signature of an answer', () => {
  it('names the bank and the time, on success and on refusal', async () => {
    const bank = openBank();
    for (const answer of [
      await post(bank),
      await post(bank, false),
      await bank.ask('GET', `${path}/x`, { token: 'client' }),
    ]) {
      expect(await verifiedSignature(answer.raw, bankKey)).toEqual({
        alg: 'PS256',
        kid: 'bank-seal',
        [name('iat')]: seconds,
        [name('iss')]: 'bank-organisation',
        [name('tan')]: 'openbanking.org.uk',
        crit: [name('iat'), name('iss'), name('tan')],
      });
    }
  });

  it('does not verify over another body', async () => {
    const answer = await post(openBank());
    const forged = new Response('{}', { headers: answer.headers });
    await expect(verifiedSignature(forged, bankKey)).rejects.toThrow('signature verification failed');
  });

  it('is left out by a bank that does not sign', async () => {
    const bank = openBank();
    const { consentId } = await agreedPayment(bank, 'v4.0');
    bank.knobs.signResponses = false;
    const answer = await bank.ask('GET', `${path}/${consentId}`, { token: 'client', unpublished: true });
    expect([answer.status, answer.headers.has('x-jws-signature')]).toEqual([200, false]);
  });
});
