// The customer's address, which came with the request, reaches the bank with what the journey makes of the request.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConsentActivities } from '../../activities/consents.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { submitPayment } from '../../activities/submit-payment.ts';
import type { EndpointCall } from '../../bank-client/call-endpoint.ts';
import { openWorkshop, tenant, type Workshop } from './workshop.ts';

const customerIpAddress = '203.0.113.7';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** The same bank, listened to. */
function listening(deps: ActivityDeps): { deps: ActivityDeps; calls: EndpointCall[] } {
  const calls: EndpointCall[] = [];
  const connect: ActivityDeps['banks']['connect'] = async (context) => {
    const bank = await deps.banks.connect(context);
    return {
      ...bank,
      call: (call) => {
        calls.push(call);
        return bank.call(call);
      },
    };
  };
  return { deps: { ...deps, banks: { ...deps.banks, connect } }, calls };
}

it('with a consent, and with its deletion, that of whoever asked', async () => {
  const { deps, calls } = listening(shop.deps);
  const { paymentId } = await shop.authorisedPayment();
  const bankRegistrationId = (await deps.store.payments.find(tenant, paymentId))?.bankRegistrationId ?? '';
  const family = 'account-access';
  const consentId = randomUUID();
  await deps.store.consents.insert(tenant, {
    ...{ id: consentId, createdBy: null, reference: null, family, bankRegistrationId },
    ...{ externalApiUserId: null, useV4: true, customerIpAddress },
    requestBody: JSON.stringify({ Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} }),
  });
  await createConsentActivities(deps).createConsentAtBank({ tenant, consentId, family });
  expect(calls.map((call) => call.customerIpAddress)).toEqual([customerIpAddress]);
  expect(await deps.store.consents.find(tenant, consentId)).toMatchObject({
    ...{ bankStatus: 'AWAU', bankStatusConfirmed: expect.any(Date), permissions: ['ReadAccountsBasic'] },
  });

  const another = '203.0.113.8';
  await deps.store.consents.recordDeletionAsked(tenant, consentId, { customerIpAddress: another });
  await createConsentActivities(deps).deleteConsent({ tenant, consentId, family, atBank: true });
  expect(calls.slice(1)).toMatchObject([{ endpoint: { method: 'DELETE' }, customerIpAddress: another }]);
});

it('with a payment', async () => {
  const { deps, calls } = listening(shop.deps);
  const { paymentId } = await shop.authorisedPayment();
  const payments = { ...deps.store.payments, findCustomerIpAddress: async () => customerIpAddress };
  await submitPayment({ ...deps, store: { ...deps.store, payments } }, { tenant, paymentId });
  const [order] = calls.filter(({ endpoint }) => endpoint.method === 'POST');
  expect(order?.customerIpAddress).toBe(customerIpAddress);
});
