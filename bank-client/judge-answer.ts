// An answer against the published schema of its endpoint. What a caller cannot do without must be there and of the right
// type; everything else that is wrong is told and handed on, because a customer's page is worth more than its blemish.
import type { ErrorObject } from 'ajv';
import type { ApiVersion, Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { type AnswerSchema, answerSchemaOf } from './answer-schemas.ts';

export interface Verdict {
  /** Why the answer is of no use; undefined when it is. Holds no values. */
  fault: string | undefined;
  /** What is wrong elsewhere, each place once however many elements have it. Holds no values. */
  warnings: string[];
}

const fine: Verdict = { fault: undefined, warnings: [] };

/** A bank that gets everything wrong needs no list as long as its answer. */
const mostWarnings = 20;

export function judgeAnswer(endpoint: Endpoint, version: ApiVersion, body: unknown): Verdict {
  const schema = answerSchemaOf(endpoint, version);
  const faults = schema?.faultsOf(body) ?? [];
  if (schema === null || faults.length === 0) return fine;
  const warnings = new Set<string>();
  for (const fault of faults) {
    if (isHandedOn(endpoint) && isFatal(schema, fault)) return { fault: textOf(fault), warnings: [] };
    if (warnings.size < mostWarnings)
      warnings.add(`The bank's answer is not as published: ${textOf(fault)}.`);
  }
  return { fault: undefined, warnings: [...warnings] };
}

/**
 * Reads under a customer's consent are handed on whole. What journeys read and make is different: they look for the members
 * that they need, and an order that was carried out must not be lost because its answer lacks another one.
 */
function isHandedOn({ grant, idempotent }: Endpoint): boolean {
  return grant === 'authorization-code' && !idempotent;
}

function isFatal(schema: AnswerSchema, { keyword, instancePath }: ErrorObject): boolean {
  return (keyword === 'type' || keyword === 'required') && schema.isRequired(instancePath);
}

function textOf({ keyword, instancePath, params }: ErrorObject): string {
  const place =
    instancePath
      .slice(1)
      .replaceAll(/\/\d+(?=\/|$)/g, '[]')
      .replaceAll('/', '.') || 'the body';
  switch (keyword) {
    case 'required':
      return `${place === 'the body' ? '' : `${place}.`}${params.missingProperty} is missing`;
    case 'type':
      return `${place} is not of type ${params.type}`;
    case 'enum':
      return `${place} has a code that is not in the published list`;
    case 'format':
      return `${place} is not written as a ${params.format}`;
    default:
      return `${place} breaks the published ${keyword}`;
  }
}
