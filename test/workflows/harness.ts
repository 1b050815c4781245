// Runs journeys on the time-skipping server with their steps replaced by typed fakes.
import { randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import { temporalTestServerFolder } from '../../embedded/cache.mjs';
import { loadWorkflowBundle } from '../../temporal/bundle-workflows.ts';
import { dataConverter } from '../../temporal/data-converter.ts';
import { searchAttributes } from '../../temporal/search-attributes.ts';
import { testCodec } from './test-codec.ts';

const keyword = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

export interface JourneyHarness {
  env: TestWorkflowEnvironment;
  /** Runs `during` while a worker serves a task queue of its own with these fakes. */
  withWorker<T>(fakes: Partial<Activities>, during: (taskQueue: string) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function startJourneyHarness(): Promise<JourneyHarness> {
  Runtime.install({ logger: new DefaultLogger('ERROR') }); // failing journeys are what these tests are about
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: {
      executable: { type: 'existing-path', path: `${temporalTestServerFolder()}/temporal-test-server` },
    },
    client: { dataConverter: dataConverter(testCodec) },
  });
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map(({ name }) => [name, keyword])),
  });
  const bundle = await loadWorkflowBundle();
  return {
    env,
    withWorker: async (fakes, during) => {
      const taskQueue = `test-${randomUUID()}`;
      const worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue,
        workflowBundle: { code: bundle.code },
        activities: fakes,
        dataConverter: dataConverter(testCodec),
      });
      return await worker.runUntil(during(taskQueue));
    },
    close: () => env.teardown(),
  };
}
