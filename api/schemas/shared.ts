// Shapes that many requests and answers share, named as the reference names them.
import { z } from '@hono/zod-openapi';
import type { Entity, Stored } from '../../store/entity.ts';

/** Members that a caller may leave out or set to null. */
export const optionalText = z.string().nullish();
export const requiredText = z.string().refine((text) => text.trim() !== '', 'must not be blank');
export const id = z
  .guid()
  .transform((text) => text.toLowerCase())
  .openapi({ type: 'string', format: 'uuid' });
export const binaryFile = z.string().openapi({ format: 'binary' });
export const dateTime = z.string().openapi({ format: 'date-time' });

export const entityRequest = { Reference: optionalText, CreatedBy: optionalText };
export const baseResponse = { Warnings: z.array(z.string()).optional() };
export const entityResponse = {
  ...baseResponse,
  Id: z.string().openapi({ format: 'uuid' }),
  Created: dateTime,
  CreatedBy: z.string().optional(),
  Reference: z.string().optional(),
};

export const BaseResponse = z.object(baseResponse).openapi('BaseResponse');

export const SecretDescription = z
  .object({
    Source: z
      .enum(['Configuration', 'File', 'AwsSsmParameterStore', 'GoogleCloudSecretManagerV1'])
      .default('Configuration'),
    Name: requiredText,
  })
  .openapi('SecretDescription');

export const ExternalApiResponseInfo = z
  .object({ XFapiInteractionId: z.string().nullable() })
  .openapi('ExternalApiResponseInfo');

export const booleanText = z
  .string()
  .regex(/^(true|false)$/i, 'must be true or false')
  .transform((text) => text.toLowerCase() === 'true')
  .openapi({ type: 'boolean' });

export const excludeHeader = 'x-obc-exclude-external-api-operation';
export const customerIpHeader = 'x-fapi-customer-ip-address';
export const idempotencyHeader = 'x-idempotency-key';

export const excludeBankOptional = { [excludeHeader]: booleanText.default(false) };
export const excludeBankRequired = { [excludeHeader]: booleanText };
export const customerIp = { [customerIpHeader]: z.string().max(45).optional() };
export const idempotencyKey = { [idempotencyHeader]: z.string().min(1).max(40).optional() };

/** The members of every stored object. */
export function entityMembers(entity: Stored<Entity>) {
  return {
    Id: entity.id,
    Created: entity.created.toISOString(),
    CreatedBy: entity.createdBy,
    Reference: entity.reference,
  };
}

export function entityValues(body: {
  Reference?: string | null | undefined;
  CreatedBy?: string | null | undefined;
}) {
  return { createdBy: body.CreatedBy ?? null, reference: body.Reference ?? null };
}

/** An answer without anything to warn of says nothing of warnings. */
export const warningMembers = (warnings: string[]) => (warnings.length === 0 ? {} : { Warnings: warnings });

/** An answer leaves out what is null, as the reference does. */
export function withoutNulls(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  );
}
