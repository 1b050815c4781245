// Files of payments: taken in and handed on to the bank by the consent's journey, read back from the bank, and the bank's
// report of what became of each payment.
import type { Handler } from 'hono';
import { z } from 'zod';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { JourneyClosed } from '../../temporal/journeys.ts';
import type { ReadAsClient } from '../bank-reads/bank-reads.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { inTime } from '../driven-by-journey.ts';
import { fileHeaders } from '../file-headers.ts';
import { showInteractionId } from '../interaction-id.ts';
import { type Api, document, routePattern } from '../operation.ts';
import { paymentOf, paymentReadHeaders } from '../payment-to-read.ts';
import { Problem } from '../problem.ts';
import { takeFile } from '../receive-payment-file.ts';
import { BaseResponse, binaryFile, customerIp, customerIpHeader, id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { validated } from '../validation.ts';
import { recordedId } from './consent-members.ts';
import { consentOf } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'paymentFileMaxBytes'>;

const family = 'file-payment';
const { path, idName, tag } = consentFamilies[family];
const filePath: `/${string}` = `${path}/{${idName}}/file`;
const consentParams = z.object({ [idName]: id });

export function addPaymentFileRoutes(api: Api, deps: Deps): void {
  document(api, {
    ...{ method: 'post', path: filePath, id: 'UploadPaymentFile', tag },
    summary: 'Hand the file of a consent to the bank; the same file again is the same upload',
    params: consentParams,
    ...{ body: binaryFile, bodyType: '*/*', status: 200, response: BaseResponse },
  });
  api.post(routePattern(filePath), upload(deps));

  addFileRead(api, deps, {
    ...{ path: filePath, id: 'GetPaymentFile', summary: 'Read the file of a consent back from the bank' },
    ...{ params: consentParams, headers: z.object(customerIp), endpoint: paymentInitiation.getPaymentFile },
    read: async (params, headers) => {
      const consent = await consentOf(deps.records, family, params[idName]);
      return {
        bankRegistrationId: consent.bankRegistrationId,
        useV4: consent.createdWithV4,
        params: { ConsentId: recordedId(consent) },
        customerIpAddress: headers[customerIpHeader],
      };
    },
  });
  addFileRead(api, deps, {
    path: '/pisp/file-payments/{externalApiId}/report-file',
    ...{ id: 'GetFilePaymentReport', summary: "Read the bank's report of what became of each payment" },
    params: z.object({ externalApiId: z.string().min(1).max(128) }),
    ...{ headers: paymentReadHeaders, endpoint: paymentInitiation.getFilePaymentReport },
    read: async ({ externalApiId }, headers) => ({
      ...(await paymentOf(deps.records, family, externalApiId, headers)),
      params: { FilePaymentId: externalApiId },
    }),
  });
}

const upload =
  ({ records, journeys, paymentFileMaxBytes }: Deps): Handler<ApiEnv> =>
  async (c) => {
    const found = consentParams.safeParse(c.req.param());
    const consent = await consentOf(records, family, found.data?.[idName]);
    const contentType = c.req.header('content-type') ?? '';
    if (contentType === '')
      throw new Problem('validation-failed', { errors: { 'content-type': ['must say what the file is'] } });
    const stream = c.req.raw.body ?? new Blob([]).stream();
    const given = { contentType, stream, maxBytes: paymentFileMaxBytes };
    const { fileId, isTaken } = await takeFile(records, tenantOf(), consent, given);
    if (isTaken) return c.json({});
    const reference = {
      tenant: tenantOf(),
      consentId: consent.id,
      family,
      bank: consent.bankProfile,
    } as const;
    try {
      await inTime('upload-in-progress', journeys.uploadFile(reference, { fileId }));
    } catch (error) {
      if (!(error instanceof JourneyClosed)) throw error;
      throw new Problem('consent-not-usable', { cause: error });
    }
    return c.json({});
  };

interface FileRead<Params extends z.ZodObject, Headers extends z.ZodObject> {
  path: `/${string}`;
  /** Of the operation. */
  id: string;
  summary: string;
  params: Params;
  headers: Headers;
  endpoint: Endpoint;
  read(
    params: z.output<Params>,
    headers: z.output<Headers>,
  ): Promise<Omit<ReadAsClient, 'endpoint' | 'query'>>;
}

function addFileRead<Params extends z.ZodObject, Headers extends z.ZodObject>(
  api: Api,
  { bankReads }: Deps,
  { endpoint, read, params, headers, ...named }: FileRead<Params, Headers>,
): void {
  document(api, {
    ...{ ...named, method: 'get', tag, params, headers },
    ...{ status: 200, response: binaryFile, responseType: '*/*' },
  });
  api.get(routePattern(named.path), async (c) => {
    const found = params.safeParse(c.req.param());
    if (!found.success) throw new Problem('not-found');
    const asked = await read(found.data, validated(headers, c.req.header()));
    const file = await bankReads.openFileAsClient(tenantOf(), { ...asked, endpoint, query: '' });
    showInteractionId(c, file.interactionId);
    return c.body(file.body, 200, fileHeaders(file.headers));
  });
}
