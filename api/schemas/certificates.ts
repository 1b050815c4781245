// Transport (OBWAC) and signing (OBSeal) certificates, and descriptions of encryption keys.
import { z } from '@hono/zod-openapi';
import { entityRequest, entityResponse, requiredText, SecretDescription } from './shared.ts';

const obWac = { AssociatedKey: SecretDescription, Certificate: requiredText };
const obSeal = { AssociatedKeyId: requiredText, ...obWac };

export const ObWacCertificate = z.object({ ...obWac, ...entityRequest }).openapi('ObWacCertificate');
export const ObWacCertificateResponse = z
  .object({ ...obWac, ...entityResponse })
  .openapi('ObWacCertificateResponse');

export const ObSealCertificate = z.object({ ...obSeal, ...entityRequest }).openapi('ObSealCertificate');
export const ObSealCertificateResponse = z
  .object({ ...obSeal, ...entityResponse })
  .openapi('ObSealCertificateResponse');

export const EncryptionKeyDescription = z
  .object({
    Key: SecretDescription,
    SetAsCurrentEncryptionKey: z.boolean().default(false),
    ...entityRequest,
  })
  .openapi('EncryptionKeyDescription');
export const EncryptionKeyDescriptionResponse = z
  .object({ Key: SecretDescription, ...entityResponse })
  .openapi('EncryptionKeyDescriptionResponse');
