// The connector API: everything that the company's own services call, on the internal listener.
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { ApiDeps, ApiEnv } from './deps.ts';
import { accessLog } from './middleware/access-log.ts';
import { correlationId } from './middleware/correlation-id.ts';
import { problemHandler, routeNotFound } from './middleware/errors.ts';
import { describeApi } from './openapi.ts';
import { Problem } from './problem.ts';
import { addAccessRecordRoutes } from './routes/access-records.ts';
import { addAllPaymentsRoutes } from './routes/all-payments.ts';
import { addAuthContextRoutes } from './routes/auth-contexts.ts';
import { addBankLists } from './routes/bank-lists.ts';
import { addBankRoutes } from './routes/banks.ts';
import { addCertificateRoutes } from './routes/certificates.ts';
import { addConsentRoutesOfAllFamilies } from './routes/consents-by-family.ts';
import { addCustomerAccounts } from './routes/customer-accounts.ts';
import { addDocsRoutes } from './routes/docs.ts';
import { addEncryptionKeyRoutes } from './routes/encryption-keys.ts';
import { addFundsConfirmations } from './routes/funds-confirmations.ts';
import { addOperatorRoutes } from './routes/operations.ts';
import { addPaymentFileRoutes } from './routes/payment-files.ts';
import { addFundsConfirmationRoutes } from './routes/payment-funds-confirmation.ts';
import { addPaymentJourneyReads } from './routes/payment-journey-reads.ts';
import { addPaymentJourneyRoutes } from './routes/payment-journeys.ts';
import { addPaymentLedgerRoutes } from './routes/payment-ledger.ts';
import { addPaymentRoutes } from './routes/payments.ts';
import { addReconfirmationRoute } from './routes/reconfirmations.ts';
import { addRedirectRoute } from './routes/redirect.ts';
import { addRegistrationRoutes } from './routes/registrations.ts';
import { addResourceRoutes } from './routes/resources.ts';
import { addResultKeysRoute } from './routes/result-keys.ts';
import { addSoftwareStatementRoutes } from './routes/software-statements.ts';
import { addTestEndpoints } from './routes/test-endpoints.ts';
import { addWebhookEndpointRoutes } from './routes/webhook-endpoints.ts';
import { addWebhookEventRoutes } from './routes/webhook-events.ts';

const largestBodyBytes = 1024 * 1024;
const writing = ['POST', 'PUT', 'PATCH', 'DELETE'];

export function createApi(deps: ApiDeps): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>();
  api.use('*', correlationId, accessLog(deps));
  // The UI's payloads are larger than any request of ours, and the endpoint has its own limit.
  if (deps.codecEndpoint !== undefined) api.route('/temporal-codec', deps.codecEndpoint);
  // A GET's body is never read, and looking for one would cost each read.
  const limit = bodyLimit({ maxSize: largestBodyBytes, onError: refuseLargeBody });
  // Files are larger, and are counted as they arrive.
  api.on(writing, '*', (c, next) => (isFileUpload(c.req.path) ? next() : limit(c, next)));
  const { changesTold } = deps;
  // What this process keeps must not outlive an answer that says that it has ended.
  if (changesTold !== undefined)
    api.on(writing, '*', async (_, next) => {
      await next();
      await changesTold();
    });
  api.onError(problemHandler(deps.log));
  api.notFound(routeNotFound);

  addCertificateRoutes(api, deps);
  addSoftwareStatementRoutes(api, deps);
  addEncryptionKeyRoutes(api, deps);
  addBankRoutes(api, deps);
  addRegistrationRoutes(api, deps);
  addConsentRoutesOfAllFamilies(api, deps);
  addAuthContextRoutes(api, deps);
  addAccessRecordRoutes(api, deps);
  addReconfirmationRoute(api, deps);
  addRedirectRoute(api, deps);
  addResourceRoutes(api, deps);
  addFundsConfirmationRoutes(api, deps);
  addPaymentRoutes(api, deps);
  addPaymentFileRoutes(api, deps);
  addPaymentLedgerRoutes(api, deps);
  addAllPaymentsRoutes(api, deps);
  addPaymentJourneyRoutes(api, deps);
  addPaymentJourneyReads(api, deps);
  addResultKeysRoute(api, deps);
  addFundsConfirmations(api, deps);
  addCustomerAccounts(api, deps);
  addBankLists(api, deps);
  addWebhookEndpointRoutes(api, deps);
  addWebhookEventRoutes(api, deps);
  // Whoever describes the API without any parts has none of these.
  if (deps.testEndpoints === true) addTestEndpoints(api, deps);

  addOperatorRoutes(api, deps);
  addDocsRoutes(api);
  api.get('/openapi.json', (c) => c.json(describeApi(api)));
  return api;
}

const isFileUpload = (path: string) => /^\/pisp\/file-payment-consents\/[^/]+\/file$/.test(path);

function refuseLargeBody(): never {
  throw new Problem('body-too-large');
}
