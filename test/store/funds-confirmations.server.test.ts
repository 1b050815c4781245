import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerLifetimeMs } from '../../store/funds-confirmations.ts';
import { addConsent, addRegistration, bankResponse, otherTenant, tenant } from './records.ts';
import { useTestDatabase } from './test-database.ts';

describe('answers about funds', () => {
  const database = useTestDatabase();
  let consentId: string;
  let id: string;
  beforeAll(async () => {
    const registrationId = await addRegistration(database.store);
    consentId = await addConsent(database.store, registrationId, { family: 'funds-confirmation' });
  });
  beforeEach(() => {
    id = randomUUID();
  });
  const answers = () => database.store.fundsConfirmations;
  const answer = (FundsAvailable: boolean) => ({
    ...bankResponse({ Data: { FundsAvailable } }),
    warnings: ['odd'],
  });
  const storedAnswers = async () => {
    const [row] = await database.db<{ count: number }>`
      SELECT count(*)::integer AS count FROM encrypted_object WHERE owner_kind = 'funds-confirmation'`;
    return row?.count;
  };

  it('are found as they were recorded, by their own tenant', async () => {
    expect(await answers().findAnswer(tenant, id)).toBeUndefined();
    const yes = answer(true);
    await answers().recordAnswer(tenant, { id, consentId, answer: yes });
    expect(await answers().findAnswer(tenant, id)).toEqual(yes);
    expect(await answers().findAnswer(otherTenant, id)).toBeUndefined();
  });

  it('stay as they were recorded first, also when two are recorded at once', async () => {
    const all = [true, false, true, false].map(answer);
    await Promise.all(all.map((each) => answers().recordAnswer(tenant, { id, consentId, answer: each })));
    const first = await answers().findAnswer(tenant, id);
    expect(all).toContainEqual(first);
    await answers().recordAnswer(tenant, { id, consentId, answer: answer(true) });
    expect(await answers().findAnswer(tenant, id)).toEqual(first);
  });

  it('are kept for a day, then a new one takes the place', async () => {
    await answers().recordAnswer(tenant, { id, consentId, answer: answer(true) });
    database.clock.moveMs(answerLifetimeMs - 1);
    expect(await answers().findAnswer(tenant, id)).toBeDefined();
    database.clock.moveMs(1);
    expect(await answers().findAnswer(tenant, id)).toBeUndefined();
    const no = answer(false);
    await answers().recordAnswer(tenant, { id, consentId, answer: no });
    expect(await answers().findAnswer(tenant, id)).toEqual(no);
  });

  it('that are too old are gone from the database as soon as another one is recorded', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        answers().recordAnswer(tenant, { id: randomUUID(), consentId, answer: answer(true) }),
      ),
    );
    expect(await storedAnswers()).toBeGreaterThanOrEqual(20);
    database.clock.moveMs(answerLifetimeMs);
    await answers().recordAnswer(tenant, { id, consentId, answer: answer(true) });
    expect(await storedAnswers()).toBe(1);
    await answers().recordAnswer(tenant, { id: randomUUID(), consentId, answer: answer(true) });
    expect(await storedAnswers()).toBe(2);
  });
});
