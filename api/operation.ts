// One operation of the API: what it takes is checked, what it is gets documented, from the same declaration.
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from './deps.ts';
import { Problem } from './problem.ts';
import { ProblemDocument } from './schemas/problem.ts';
import { parsedForm, parsedJson, validated } from './validation.ts';

export type Api = OpenAPIHono<ApiEnv>;

type Method = 'get' | 'post' | 'put' | 'delete';
type Nothing = z.ZodObject<Record<never, never>>;

export interface Operation<
  Params extends z.ZodObject = Nothing,
  Headers extends z.ZodObject = Nothing,
  Body extends z.ZodType = Nothing,
> {
  method: Method;
  /** With parameters in braces: `/manage/software-statements/{softwareStatementId}`. */
  path: `/${string}`;
  /** Its name in generated clients. */
  id: string;
  summary: string;
  tag: string;
  params?: Params;
  headers?: Headers;
  query?: z.ZodObject;
  body?: Body;
  /** How the body is written; JSON unless said otherwise. */
  bodyType?: 'application/json' | 'application/x-www-form-urlencoded' | '*/*';
  /** No body at all is an empty object. */
  isBodyOptional?: boolean;
  status: 200 | 201 | 302;
  /** Absent: success has no body. */
  response?: z.ZodType;
  /** JSON unless said otherwise. */
  responseType?: string;
}

export interface OperationInput<
  Params extends z.ZodType = z.ZodType,
  Headers extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  params: z.output<Params>;
  headers: z.output<Headers>;
  body: z.output<Body>;
  /** The body as it came, byte for byte; empty for an operation without one. */
  text: string;
}

const nothing: Nothing = z.object({});

export function addOperation<
  Params extends z.ZodObject = Nothing,
  Headers extends z.ZodObject = Nothing,
  Body extends z.ZodType = Nothing,
>(
  api: Api,
  operation: Operation<Params, Headers, Body>,
  handle: (input: OperationInput<Params, Headers, Body>, c: Context<ApiEnv>) => Response | Promise<Response>,
): void {
  document(api, operation);
  const params: z.ZodType = operation.params ?? nothing;
  const headers: z.ZodType = operation.headers ?? nothing;
  const body: z.ZodType = operation.body ?? nothing;
  api.on(operation.method.toUpperCase(), routePattern(operation.path), async (c) => {
    const found = params.safeParse(c.req.param());
    // A name that no object can have names no object.
    if (!found.success || Object.values<string>(c.req.param()).some(hasNull)) throw new Problem('not-found');
    const text = operation.body === undefined ? '' : await c.req.text();
    const input = {
      params: found.data,
      headers: validated(headers, c.req.header()),
      body: validated(body, hasBody(operation, text) ? parsedBody(text, operation.bodyType) : {}),
      text,
    };
    // Each part was parsed with the schema that its type is the output of.
    return handle(input as OperationInput<Params, Headers, Body>, c);
  });
}

const hasBody = (
  { body, isBodyOptional }: Pick<Operation, 'isBodyOptional'> & { body?: unknown },
  text: string,
) => body !== undefined && !(isBodyOptional === true && text === '');

function parsedBody(text: string, type: Operation['bodyType']): unknown {
  return type === 'application/x-www-form-urlencoded' ? parsedForm(text) : parsedJson(text);
}

const hasNull = (text: string) => text.includes('\0');

export const routePattern = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Puts an operation into the OpenAPI document. */
export function document(
  api: Api,
  operation: Omit<Operation<z.ZodObject, z.ZodObject, z.ZodType>, 'id'> & { id: string },
): void {
  const { method, path, id, summary, tag, params, headers, query, body, bodyType, status } = operation;
  const { response, responseType = 'application/json' } = operation;
  const required = operation.isBodyOptional !== true;
  const problem = {
    description: 'A problem document; its code says which.',
    content: { 'application/problem+json': { schema: ProblemDocument } },
  };
  api.openAPIRegistry.registerPath({
    method,
    path,
    operationId: id,
    summary,
    tags: [tag],
    request: {
      ...(params === undefined ? {} : { params }),
      ...(headers === undefined ? {} : { headers }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined
        ? {}
        : { body: { required, content: { [bodyType ?? 'application/json']: { schema: body } } } }),
    },
    responses: {
      [status]: {
        description: summary,
        ...(response === undefined ? {} : { content: { [responseType]: { schema: response } } }),
      },
      '4XX': problem,
      '5XX': problem,
    },
  });
}
