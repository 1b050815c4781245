// The problem document of every refusal: https://www.rfc-editor.org/rfc/rfc9457
import { z } from '@hono/zod-openapi';
import { problemCodes } from '../problem-codes.ts';

export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(problemCodes)),
    correlationId: z.string(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
    endpointHttpMethod: z.string().optional(),
    endpointUrl: z.string().optional(),
    endpointFapiInteractionId: z.string().optional(),
    endpointResponse: z.unknown().optional(),
    bankErrorCodes: z.array(z.string()).optional(),
  })
  .openapi('Problem');
