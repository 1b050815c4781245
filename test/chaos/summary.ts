// What is left after a storm, in a few lines: how much was struck, who paid and how, how quickly work went on.
import { victims } from './plan.ts';
import type { Resumption } from './resumptions.ts';
import type { Aftermath } from './storm.ts';
import { wayInWords, ways } from './ways.ts';

/** @returns failures: what the judge found, and a storm that was none */
export function summaryOf({ struck, paid, failures, resumptions, tookMs }: Aftermath) {
  const kills = struck.filter(({ strike }) => strike.kind === 'kill');
  const interrupted = kills.filter((kill) => kill.interrupted !== undefined).length;
  const each = victims.map((victim) => {
    const count = kills.filter(({ strike }) => strike.kind === 'kill' && strike.victim === victim).length;
    return `${victim} ${count}`;
  });
  const cuts = struck.filter(({ strike }) => strike.kind === 'cut');
  const cutsAt = (at: 'bank' | 'postgres') => cuts.filter(({ strike }) => strike.moment.at === at).length;
  const lost = paid.flatMap((one) => one.lost);
  const paidBy = ways.map(
    (way) => `${wayInWords(way)} ${paid.filter((one) => wayInWords(one.way) === wayInWords(way)).length}`,
  );
  const after = (how: Resumption['replaced']) =>
    spread(resumptions.filter(({ replaced }) => replaced === how).map(({ afterMs }) => afterMs));
  const lines = [
    `${kills.length} kills (${each.join(', ')}); ${interrupted} interrupted a bank call of the killed process itself`,
    `${cuts.length} connections cut: ${cutsAt('bank')} to the bank, ${cutsAt('postgres')} to Postgres`,
    `${paid.length} payers have paid: ${paidBy.join(', ')}`,
    `${lost.length} consents were lost on the way and made anew`,
    ...[...new Set(lost)].map((why) => `  ${lost.filter((other) => other === why).length} of them: ${why}`),
    'bank calls made again after a killed worker',
    `  with another worker running: ${after('before')}`,
    `  with one that had to start: ${after('after')}`,
    `${Math.round(tookMs / 1000)} s for the strikes, ${(tookMs / 1000 / Math.max(kills.length, 1)).toFixed(1)} s for each kill`,
  ];
  const isHalf = interrupted * 2 >= kills.length;
  return {
    lines,
    failures: isHalf ? failures : [...failures, 'less than half of the kills met a bank call'],
  };
}

function spread(durationsMs: readonly number[]): string {
  if (durationsMs.length === 0) return 'none';
  const sorted = durationsMs.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return `${sorted.length}, median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`;
}
