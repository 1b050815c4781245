// Records one history per journey and terminal outcome into test/replay/histories, where there is none yet. A red replay
// is answered with a patch of the workflow, never with a new recording.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { historyToText } from '../test/replay/history-file.ts';
import { type Outcome, outcomes } from '../test/replay/outcomes.ts';
import { startJourneyHarness } from '../test/workflows/harness.ts';

const folder = join(import.meta.dirname, '..', 'test', 'replay', 'histories');

const harness = await startJourneyHarness();

/** Answered by then, where there is an answer. */
async function start(outcome: Outcome, taskQueue: string): Promise<WorkflowHandle> {
  const { client } = harness.env;
  const { workflow, firstUpdate, firstSignal, name: workflowId, input } = outcome;
  const options = { workflowId, taskQueue, args: [input] };
  if (firstUpdate === undefined)
    return await client.workflow.signalWithStart(workflow, { ...options, signal: firstSignal ?? '' });
  const workflowIdConflictPolicy = 'USE_EXISTING';
  const operation = new WithStartWorkflowOperation(workflow, { ...options, workflowIdConflictPolicy });
  await client.workflow
    .executeUpdateWithStart(firstUpdate, { startWorkflowOperation: operation })
    .catch(() => {});
  return await operation.workflowHandle();
}

/** Runs a journey to its outcome and returns the histories of its runs, in order. */
async function record(outcome: Outcome): Promise<string[]> {
  const { client } = harness.env;
  return await harness.withWorker(outcome.fakes, async (taskQueue) => {
    const first = await start(outcome, taskQueue);
    const { runId: firstRunId } = await first.describe();
    await outcome.afterwards?.(first);
    await client.workflow
      .getHandle(outcome.name)
      .result()
      .catch(() => {});
    const runs: string[] = [];
    for (let runId: string | null | undefined = firstRunId; runId; ) {
      const history = await client.workflow.getHandle(outcome.name, runId).fetchHistory();
      runs.push(historyToText(history));
      runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return runs;
  });
}

mkdirSync(folder, { recursive: true });
try {
  for (const outcome of outcomes) {
    if (existsSync(join(folder, `${outcome.name}-1.json`))) continue;
    const histories = await record(outcome);
    histories.forEach((history, run) => {
      writeFileSync(join(folder, `${outcome.name}-${run + 1}.json`), history);
    });
    process.stderr.write(`${outcome.name}: ${histories.length} recorded\n`);
  }
} finally {
  await harness.close();
}
