// Records one history per journey and terminal outcome into test/replay/histories, where there is none yet. A red replay
// is answered with a patch of the workflow, never with a new recording.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { historyToText } from '../test/replay/history-file.ts';
import { type Outcome, outcomes } from '../test/replay/outcomes.ts';
import { type JourneyHarness, startJourneyHarness } from '../test/workflows/harness.ts';

const folder = join(import.meta.dirname, '..', 'test', 'replay', 'histories');

/** Runs a journey to its outcome and returns the histories of its runs, in order. */
async function record(harness: JourneyHarness, outcome: Outcome): Promise<string[]> {
  const { client } = harness.env;
  return await harness.withWorker(outcome.fakes, async (taskQueue) => {
    const operation = new WithStartWorkflowOperation(outcome.workflow, {
      workflowId: outcome.name,
      taskQueue,
      args: [outcome.input],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    await client.workflow
      .executeUpdateWithStart(outcome.firstUpdate, { startWorkflowOperation: operation })
      .catch(() => {});
    const first = await operation.workflowHandle();
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
const harness = await startJourneyHarness();
try {
  for (const outcome of outcomes) {
    if (existsSync(join(folder, `${outcome.name}-1.json`))) continue;
    const histories = await record(harness, outcome);
    histories.forEach((history, run) => {
      writeFileSync(join(folder, `${outcome.name}-${run + 1}.json`), history);
    });
    process.stderr.write(`${outcome.name}: ${histories.length} recorded\n`);
  }
} finally {
  await harness.close();
}
