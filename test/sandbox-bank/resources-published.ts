// An independent judge of the sandbox bank's answers: Ajv over the published OpenAPI documents, and jose over the signatures.
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { base64url, flattenedVerify, importJWK, type JWK } from 'jose';

type Json = Record<string, unknown>;

interface Response_ {
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema?: Json }>;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Response_ & { $ref?: string }> }>>;
  components: { responses: Record<string, Response_>; schemas: Record<string, Json> };
}

const documentNames: Record<string, string> = {
  aisp: 'account-info',
  pisp: 'payment-initiation',
  cbpii: 'confirmation-funds',
};

/**
 * Known defects of the published documents, corrected before judging: statuses that the text has and the
 * schemas lack, and a pattern that does not hold for every LEI.
 */
const lacking: Record<string, string[]> = {
  OBWriteDomesticScheduledResponse5: ['ACCC'],
  OBWriteInternationalResponse5: ['RCVD'],
  OBWriteInternationalScheduledResponse6: ['RCVD', 'CANC'],
  OBWriteFileResponse3: ['RCVD', 'RJCT'],
  OBWritePaymentDetails1: ['RCVD', 'CANC', 'INCO'],
};

function correct(name: string, document: Document): void {
  if (name !== 'v4.0/payment-initiation') return;
  for (const schema of Object.values(document.components.schemas))
    if (schema.pattern === '^[0-9]{4}[0]{2}[A-Z0-9]{12}[0-9]{2}') schema.pattern = '^[A-Z0-9]{18}[0-9]{2}$';
  for (const [schema, codes] of Object.entries(lacking))
    for (const list of statusLists(document.components.schemas[schema])) {
      const present = codes.filter((code) => list.includes(code));
      if (present.length > 0)
        throw new Error(`${schema} has been corrected: drop ${present} from this overlay`);
      list.push(...codes);
    }
}

function statusLists(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'enum' in node && Array.isArray(node.enum) && node.enum.includes('PDNG') ? [node.enum] : [];
  return [...own, ...Object.values(node).flatMap(statusLists)];
}

const ajv = addFormats.default(new Ajv({ strict: false, validateSchema: false, allErrors: true }));
// Codes of the standard's own name space are closed; a bank may have others in one of its own.
ajv.addKeyword({
  keyword: 'x-namespaced-enum',
  validate: (codes: unknown[], value: unknown) =>
    codes.includes(value) || (typeof value === 'string' && !value.startsWith('UK.')),
});
const documents = new Map<string, Document>();
const validators = new Map<string, ValidateFunction>();

function published(version: string, group: string): { id: string; document: Document } {
  const id = `${version}/${documentNames[group]}`;
  const known = documents.get(id);
  if (known) return { id, document: known };
  const url = new URL(`../../standards/uk-open-banking/published/${id}.json`, import.meta.url);
  const document: Document = JSON.parse(readFileSync(url, 'utf8'));
  correct(id, document);
  ajv.addSchema(document, id);
  documents.set(id, document);
  return { id, document };
}

/** What is wrong with an answer by the published documents; nothing when it is as they say. */
export async function faultsOfAnswer(method: string, path: string, answer: Response): Promise<string[]> {
  const [, version = '', group = '', ...rest] = path.replace(/\?.*/, '').split('/');
  const { id, document } = published(version, group);
  const wanted = `/${rest.join('/')}`;
  const template = Object.keys(document.paths).find((candidate) => matches(candidate, wanted));
  const stated =
    template && document.paths[template]?.[method.toLowerCase()]?.responses[String(answer.status)];
  if (!template || !stated) return [`${answer.status} is not published for ${method} ${wanted}`];
  const response = stated.$ref ? document.components.responses[stated.$ref.split('/').at(-1) ?? ''] : stated;
  const faults = Object.entries(response?.headers ?? {})
    .filter(([name, { required }]) => required && !answer.headers.has(name))
    .map(([name]) => `the header ${name} is missing`);
  const content = response?.content;
  // A file is published as a member-less object under a content type that no file has.
  if (content && answer.headers.has('content-disposition') && isFile(content)) return faults;
  const text = await answer.clone().text();
  if (!content) return text === '' ? faults : [...faults, 'has a body though none is published'];
  const type =
    'application/json; charset=utf-8' in content ? 'application/json; charset=utf-8' : 'application/json';
  const place = [
    ...(stated.$ref?.slice(2).split('/') ?? ['paths', template, method.toLowerCase(), 'responses']),
  ];
  if (!stated.$ref) place.push(String(answer.status));
  const pointer = [...place, 'content', type, 'schema'].map(escapePointer).join('/');
  const validate = validatorOf(`${id}#/${pointer}`);
  if (validate(JSON.parse(text))) return faults;
  const errors = validate.errors ?? [];
  return [...faults, ...errors.map(({ instancePath, message }) => `${instancePath} ${message}`)];
}

function isFile(content: NonNullable<Response_['content']>): boolean {
  return Object.values(content).every(({ schema }) => schema?.$ref === '#/components/schemas/File');
}

/** Compiled once: that of a product takes longer than the answer. */
function validatorOf(reference: string): ValidateFunction {
  const known = validators.get(reference);
  if (known) return known;
  const made = ajv.compile({ $ref: reference });
  validators.set(reference, made);
  return made;
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const claims = ['iat', 'iss', 'tan'].map((name) => `http://openbanking.org.uk/${name}`);

/** The header of a verified message signature; throws when it does not verify over exactly these bytes. */
export async function verifiedSignature(answer: Response, key: JWK): Promise<Record<string, unknown>> {
  const [header = '', , signature = ''] = (answer.headers.get('x-jws-signature') ?? '').split('.');
  const bytes = new Uint8Array(await answer.clone().arrayBuffer());
  const fields: Record<string, unknown> = JSON.parse(Buffer.from(header, 'base64url').toString());
  const payload = fields.b64 === false ? bytes : base64url.encode(bytes);
  const crit = Object.fromEntries(claims.map((claim) => [claim, true]));
  await flattenedVerify({ protected: header, payload, signature }, await importJWK(key, 'PS256'), { crit });
  return fields;
}
