// What each bank has carried out and how many clients it has; a bank nobody ever asked has done nothing.
import type { Banks } from '../banks.ts';
import type { ExecutionCounts } from '../resources/execution-counters.ts';
import { TokenCounters, type TokenCounts } from '../token-counters.ts';

export type BankCounts = ExecutionCounts & TokenCounts & { clients: number };

export async function countersOf(banks: Banks): Promise<Record<string, BankCounts>> {
  const counts = banks.names.map(async (name): Promise<[string, BankCounts]> => {
    return [name, banks.wasEverAsked(name) ? await read(banks, name) : nothing()];
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function read(banks: Banks, name: string): Promise<BankCounts> {
  const { state, tokenCounters, registrations } = await banks.open(name);
  return { ...state.counters(), ...tokenCounters.read(), clients: [...registrations.values()].length };
}

function nothing(): BankCounts {
  const executed = {
    consentsCreated: 0,
    paymentsExecuted: 0,
    paymentsByConsent: {},
    paymentsByEndToEnd: {},
  };
  return { ...executed, ...new TokenCounters().read(), clients: 0 };
}
