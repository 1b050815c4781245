// What the embedded Temporal has been told: what journeys are filtered by, and for how long histories are kept.
import { Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { searchAttributeTypes } from '../../temporal/search-attributes.ts';

it('knows the search attributes and keeps histories for thirty days', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 24 * 3600);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  expect(Object.keys(customAttributes ?? {})).toEqual(
    expect.arrayContaining(Object.keys(searchAttributeTypes)),
  );
  await connection.close();
});
