// The order of a payment in one request: what the customer has authorised, as its bank takes it.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareOrder } from '../../activities/prepare-order.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { addConsent, addRegistration, newPayment, tenant } from '../store/records.ts';
import { useTestDatabase } from '../store/test-database.ts';

const database = useTestDatabase();
const family = 'domestic-payment' as const;
const consented = {
  Data: { Initiation: { InstructionIdentification: 'one' } },
  Risk: { PaymentContextCode: 'TransferToThirdParty' },
};
let registrationId: string;
beforeAll(async () => {
  registrationId = await addRegistration(database.store);
});

const add = () =>
  addConsent(database.store, registrationId, { family, requestBody: JSON.stringify(consented) });

const prepare = (consentId: string, profiles: Pick<typeof builtInBook, 'find'> = builtInBook) =>
  prepareOrder({ store: database.store, profiles }, { tenant, consentId, family, paymentId: randomUUID() });

describe('an order', () => {
  it('has the consent’s own words and its id at the bank, and is made once', async () => {
    const consentId = await add();
    const { paymentId } = await prepare(consentId);
    expect(await prepare(consentId)).toEqual({ paymentId });
    const body = await database.store.payments.findBody(tenant, paymentId);
    const { Data, Risk } = consented;
    expect(JSON.parse(body ?? '')).toEqual({ Data: { ConsentId: `bank-${consentId}`, ...Data }, Risk });
  });

  it('is the one that somebody has submitted under the consent meanwhile', async () => {
    const consentId = await add();
    const other = newPayment(consentId);
    await database.store.payments.insert(tenant, other);
    expect(await prepare(consentId)).toEqual({ paymentId: other.id });
  });

  it('is not made of a consent that is gone, which no further attempt can cure', async () => {
    const consentId = await add();
    await database.store.consents.softDelete(tenant, consentId);
    await expect(prepare(consentId)).rejects.toMatchObject({ type: 'ConsentNotUsable' });
  });

  it('waits for a profile that was taken away', async () => {
    const consentId = await add();
    const without = { find: () => undefined };
    await expect(prepare(consentId, without)).rejects.not.toHaveProperty('type');
    await expect(prepare(consentId)).resolves.toHaveProperty('paymentId');
  });
});
