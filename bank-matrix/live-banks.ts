// The banks themselves as rows of the matrix, through a connector that runs and is configured for them. A person is the
// customer: the address is shown, and the address that the browser ends at is typed in.
import { createInterface } from 'node:readline/promises';
import { builtInBook } from '../bank-profiles/book.ts';
import type { MatrixBank } from './bank.ts';
import type { Customer } from './session.ts';

export interface LiveConnector {
  /** Address of its API. */
  apiUrl: string;
  softwareStatementId: string;
}

export function liveBanks(
  names: readonly string[],
  { apiUrl, softwareStatementId }: LiveConnector,
): { banks: MatrixBank[]; apiUrl: string; customer: Customer; close(): Promise<void> } {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const banks = names.flatMap((name): MatrixBank[] => {
    const profile = builtInBook.find(name);
    if (profile === undefined) return [];
    const { registration, accountInformation, paymentInitiation } = profile;
    return [
      {
        ...{ profile: name, softwareStatementId, useSimulatedBank: false },
        offers: { accounts: accountInformation !== undefined, payments: paymentInitiation !== undefined },
        clientsPerApi: registration.clients === 'one-per-api',
        readsRegistrations: registration.read,
        deletesRegistrations: registration.delete,
        ...(registration.dynamic ? {} : { givenClient: () => askForClient(name) }),
      },
    ];
  });
  return {
    banks,
    apiUrl,
    customer: {
      authorise: (url) =>
        terminal.question(`\nOpen ${url}\nand type in the address that the browser ends at: `),
    },
    close: async () => terminal.close(),
  };

  async function askForClient(name: string) {
    const ExternalApiId = await terminal.question(`\nId of our client at ${name}: `);
    const ExternalApiSecret = await terminal.question('Its secret, empty when it has none: ');
    return { ExternalApiId, ...(ExternalApiSecret === '' ? {} : { ExternalApiSecret }) };
  }
}
