import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { loadWorkflowBundle } from '../../temporal/bundle-workflows.ts';
import { dataConverter } from '../../temporal/data-converter.ts';
import { testCodec } from '../workflows/test-codec.ts';
import { historyFromText } from './history-file.ts';
import { outcomes } from './outcomes.ts';

const files = globSync(join(import.meta.dirname, 'histories', '*.json')).sort();
const history = (file: string) => historyFromText(readFileSync(file, 'utf8'));

async function replay(histories: { workflowId: string; history: unknown }[]) {
  const { code } = await loadWorkflowBundle();
  const failures: string[] = [];
  const results = Worker.runReplayHistories(
    { workflowBundle: { code }, dataConverter: dataConverter(testCodec) },
    histories,
  );
  for await (const { workflowId, error } of results)
    if (error) failures.push(`${workflowId}: ${error.message}`);
  return failures;
}

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}) }); // the broken history is meant to be complained of
});

test('every terminal outcome of every journey has a recorded history', () => {
  const recorded = new Set(files.map((file) => basename(file).replace(/-\d+\.json$/, '')));
  expect([...recorded].sort()).toEqual(outcomes.map(({ name }) => name).sort());
});

test('every recorded history replays on the workflows as they are now', async () => {
  expect(await replay(files.map((file) => ({ workflowId: basename(file), history: history(file) })))).toEqual(
    [],
  );
});

test('a history whose commands differ is refused', async () => {
  const file = files.find((name) => name.includes('payment-settled'));
  if (file === undefined) throw new Error('There is no history of a settled payment.');
  const text = readFileSync(file, 'utf8').replaceAll('followPaymentStatus', 'followPaymentElsewhere');
  const broken = { workflowId: 'broken', history: historyFromText(text) };
  expect(await replay([broken])).toHaveLength(1);
});
