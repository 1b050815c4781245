// All roles on this machine, until told to stop.
import type { Config } from '../config.ts';
import { startEverything } from '../embedded/everything.ts';

export async function startAllRoles(config: Config) {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const everything = await startEverything(config, say);
  const { api, 'sandbox-bank': sandboxBank } = everything.roles;
  const addresses = {
    'Connector API': api.addresses.api ?? '',
    'API reference': `${api.addresses.api}/docs`,
    'Redirect page': api.addresses.public ?? '',
    'Temporal UI': everything.temporalUiUrl ?? 'wherever your Temporal has it',
    'Sandbox bank': sandboxBank.addresses.browser ?? '',
  };
  for (const [name, address] of Object.entries(addresses)) say(`${name.padEnd(14)} ${address}`);
  say('Ctrl-C stops everything; what is under way goes on at the next start.');
  return { addresses, stop: everything.stop };
}
