// What each bank has carried out and how many clients it has; a bank nobody ever asked has done nothing.
import type { Banks } from '../banks.ts';
import type { ExecutionCounts } from '../resources/execution-counters.ts';
import { TokenCounters, type TokenCounts } from '../token-counters.ts';

export type BankCounts = ExecutionCounts & TokenCounts & { clients: number };

export async function countersOf(banks: Banks): Promise<Record<string, BankCounts>> {
  const counts = [...banks.personalities].map(async ([name, personality]): Promise<[string, BankCounts]> => {
    const done = banks.wasEverAsked(name) ? await doneBy(banks, name) : nothing();
    return [name, { ...done, clients: banks.clientCount(personality) }];
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function doneBy(banks: Banks, name: string): Promise<ExecutionCounts & TokenCounts> {
  const { state, tokenCounters } = await banks.open(name);
  return { ...state.counters(), ...tokenCounters.read() };
}

function nothing(): ExecutionCounts & TokenCounts {
  const executed = {
    consentsCreated: 0,
    paymentsExecuted: 0,
    paymentsByConsent: {},
    paymentsByEndToEnd: {},
    paymentsByFamily: {},
  };
  return { ...executed, ...new TokenCounters().read() };
}
