// What is counted at every scrape.
import { expect, it } from 'vitest';
import { fakeApi } from './fake-api.ts';

it('webhooks_waiting tells how many webhooks wait at the moment of the scrape, and NaN when nobody can say', async () => {
  const { send, deps } = fakeApi();
  const answers = [async () => 3, async () => 0, () => Promise.reject(new Error('The database is away.'))];
  deps.metrics.showWaitingWebhooks(() => answers.shift()?.() ?? Promise.resolve(1));
  const told: string[] = [];
  for (let scrape = 0; scrape < 4; scrape += 1) {
    const { status, text } = await send('GET', '/metrics');
    expect(status).toBe(200);
    told.push(...text.split('\n').filter((line) => line.startsWith('webhooks_waiting')));
  }
  expect(told).toEqual([3, 0, 'Nan', 1].map((value) => `webhooks_waiting ${value}`));
});
