// What the demo's journeys are played on.
import type { Connector } from './connector.ts';
import type { JourneyWatch } from './journey-watch.ts';
import type { Narrator } from './narrator.ts';
import type { SandboxControl } from './sandbox-customer.ts';

export interface Stage {
  connector: Connector;
  sandbox: SandboxControl;
  watch: JourneyWatch;
  narrator: Narrator;
  /** The third party that the sandbox's directory knows from the start. */
  tppDir: string;
  /** Where the connector looks for secrets of source `File`. */
  secretsDir: string;
}
