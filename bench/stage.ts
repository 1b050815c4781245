// The demo's stage without its narrator: what benchmarks drive the connector by.
import { mkdirSync } from 'node:fs';
import { createConnector } from '../cli/connector.ts';
import { createSandboxControl } from '../cli/sandbox-customer.ts';
import type { Stage } from '../cli/stage.ts';
import type { Everything } from '../embedded/everything.ts';

export function quietStage({ roles, environment }: Everything): Stage {
  const secretsDir = environment.SECRETS_DIR ?? '';
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 });
  const { addresses } = roles['sandbox-bank'];
  return {
    connector: createConnector(roles.api.addresses.api ?? ''),
    sandbox: createSandboxControl(addresses.control ?? ''),
    narrator: { title: () => {}, step: () => {} },
    watch: {
      follow: async () => {},
      ended: async () => {},
      findPayment: () => Promise.reject(new Error('nobody watches')),
      summaries: async () => [],
      close: async () => {},
    },
    tppDir: addresses.tppDir ?? '',
    secretsDir,
  };
}

/** Switches something at the sandbox's hybrid bank. */
export async function turnKnobs({ roles }: Everything, knobs: object): Promise<void> {
  const url = `${roles['sandbox-bank'].addresses.control}/knobs`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ bank: 'hybrid', ...knobs }) });
  if (!answer.ok) throw new Error(await answer.text());
}
