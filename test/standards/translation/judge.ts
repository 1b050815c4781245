// Judges translated bodies by the published documents, and lists in one place where an answer may differ from v4.0.
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { ApiVersion } from '../../../standards/uk-open-banking/endpoint.ts';
import { readPublished } from '../published-document.ts';

export type Judge = (body: unknown) => ErrorObject[];

const compilers = new Map<string, Ajv>();

export function judgeOf(version: ApiVersion, document: string, schema: string): Judge {
  const name = `${version}/${document}`;
  const validate = compilerOf(name).getSchema(`document#/components/schemas/${schema}`);
  if (validate === undefined) throw new Error(`${name} has no schema ${schema}`);
  return (body) => (validate(body) === true ? [] : (validate.errors ?? []));
}

function compilerOf(name: string): Ajv {
  const known = compilers.get(name);
  if (known !== undefined) return known;
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, verbose: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...readPublished(name), $id: 'document' });
  compilers.set(name, ajv);
  return ajv;
}

interface Exception {
  reason: string;
  covers(error: ErrorObject): boolean;
}

const originals = ['V3AccountSubType', 'V3IsClearedBalanceType', 'V3PaymentContextCode'];

export const exceptions: Exception[] = [
  ...originals.map((name) => ({
    reason: `${name} keeps what v3.1 said, in an object that v4.0 closes`,
    covers: ({ keyword, params }: ErrorObject) =>
      keyword === 'additionalProperties' && params.additionalProperty === name,
  })),
  {
    reason: 'a frequency that a bank made up goes on as it came, and the caller is told',
    covers: ({ instancePath, data }) =>
      instancePath.endsWith('/MandateRelatedInformation/Frequency/Type') && data === 'UK.Bank.Own',
  },
  {
    reason: 'a purpose is any text of 3 or 4 characters in v3.1, a code of a closed list in v4.0',
    covers: ({ instancePath, keyword }) => instancePath === '/Risk/PaymentPurposeCode' && keyword === 'enum',
  },
  ...['INCO', 'CANC'].map((code) => ({
    reason: `${code} is a status of future-dated payments that the schema of some of their orders lacks`,
    covers: ({ instancePath, keyword, data }: ErrorObject) =>
      instancePath === '/Data/Status' && keyword === 'enum' && data === code,
  })),
  ...['RCVD', 'CANC'].map((code) => ({
    reason: `${code} is a status of v4.0 that its schema of the details lacks`,
    covers: ({ instancePath, keyword, data }: ErrorObject) =>
      /^\/Data\/PaymentStatus\/\d+\/(StatusDetail\/)?Status$/.test(instancePath) &&
      keyword === 'enum' &&
      data === code,
  })),
  {
    reason: 'the error names that a bank made up have no code of four characters',
    covers: ({ instancePath, keyword, data }) =>
      /^\/Errors\/\d+\/ErrorCode$/.test(instancePath) && keyword === 'maxLength' && data === 'UK.Bank.Own',
  },
];

const used = new Set<Exception>();

/** What is wrong with the answer beyond the exceptions. */
export function unexcused(errors: ErrorObject[]): string[] {
  return errors.flatMap((error) => {
    const exception = exceptions.find(({ covers }) => covers(error));
    if (exception === undefined)
      return [`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`];
    used.add(exception);
    return [];
  });
}

export function unusedExceptions(): string[] {
  return exceptions.filter((exception) => !used.has(exception)).map(({ reason }) => reason);
}
