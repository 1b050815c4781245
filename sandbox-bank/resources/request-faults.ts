// What is wrong with the body of a request, by the published documents and by what this bank takes in particular.
import type { Fault } from './errors.ts';
import type { Call, Operation } from './operation.ts';
import { findFaults } from './published-schema.ts';

const misspelt = 'ContractPresentInidicator';
const corrected = 'ContractPresentIndicator';

export function faultsOf(call: Call, operation: Operation): Fault[] {
  const endpoint = { ...operation, version: call.version };
  const published = findFaults(endpoint, asPublished(call));
  return [...published, ...faultsOfSpelling(call), ...faultsOfSupplement(call, operation)];
}

/** A bank that takes the word as it should be is held against documents that have it as it should not be. */
function asPublished(call: Call): unknown {
  const risk = member(call.body, 'Risk');
  if (!takesCorrected(call) || !isObject(call.body) || !isObject(risk)) return call.body;
  const renamed = Object.entries(risk).map(([name, value]) => [name === corrected ? misspelt : name, value]);
  return { ...call.body, Risk: Object.fromEntries(renamed) };
}

function faultsOfSpelling(call: Call): Fault[] {
  const isWrong = takesCorrected(call) && member(member(call.body, 'Risk'), misspelt) !== undefined;
  return isWrong ? [{ code: 'U005', message: 'is not expected', path: `Risk.${misspelt}` }] : [];
}

/** From version 4 on the documents have it right. */
function takesCorrected({ deps, version }: Call): boolean {
  return version === 'v3.1' && deps.choices.contractPresentIndicator === 'corrected';
}

/** Some sandboxes want to be told beforehand who will decide, and how. */
function faultsOfSupplement({ deps, body }: Call, { group }: Operation): Fault[] {
  const { supplement } = deps.choices;
  if (group === 'cbpii') return [];
  const [wanted, path] =
    group === 'aisp'
      ? [supplement.accounts, 'Data.SupplementaryData']
      : [supplement.payments, 'Data.Initiation.SupplementaryData'];
  const given = path.split('.').reduce(member, body);
  return Object.entries(wanted ?? {})
    .filter(([name, value]) => member(given, name) !== value)
    .map(([name]) => ({ code: 'U002', message: 'is not what this bank wants', path: `${path}.${name}` }));
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
