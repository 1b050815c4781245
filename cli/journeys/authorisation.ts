// What both kinds of consent have in common: the customer is sent to the bank, says yes there, and comes back.
import { redirectForm } from '../sandbox-customer.ts';
import type { Stage } from '../stage.ts';

export async function authorise(
  { connector, sandbox, narrator }: Stage,
  path: string,
  consent: object,
): Promise<void> {
  const { AuthUrl } = await connector.call('POST', path, consent);
  narrator.step('waiting for the customer to come back from the bank');
  const redirectUrl = await sandbox.authorise(AuthUrl);
  narrator.step('the customer signed in at the bank and said yes');
  await connector.call('POST', '/auth/redirect-delegate', redirectForm(redirectUrl));
}
