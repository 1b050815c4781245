// Consents by the thousand, live and with expired tokens: copies of one at each bank, whose customer said yes for real. The
// banks let a refresh token be used again and again, so that each copy is refreshed there in earnest.
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { authorise } from '../cli/journeys/authorisation.ts';
import { register } from '../cli/journeys/registration.ts';
import { readConfig } from '../config.ts';
import type { Everything } from '../embedded/everything.ts';
import { layFoundation } from '../roles/foundation.ts';
import type { Store } from '../store/store.ts';
import { connectionSettings } from '../temporal/connection.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { type ConsentInput, consentNames } from '../workflows/contracts/consent.ts';
import { consentWorkflowId, defaultTenant as tenant } from '../workflows/contracts/ids.ts';
import { inTurn } from './in-turn.ts';
import { quietStage, turnKnobs } from './stage.ts';

const family = 'account-access';
const banks = ['hybrid', 'jarm'] as const;
const profiles = { hybrid: 'Sandbox_Hybrid', jarm: 'Sandbox_Jarm' };
type BankName = (typeof banks)[number];

export interface ExpiredConsents {
  ids: string[];
  /** Starts the journeys of some of them, live as they are: the others' would be idle. */
  startJourneys(ids: readonly string[]): Promise<void>;
  /** How often the tokens of a consent have been renewed. */
  renewals(id: string): Promise<number>;
  close(): Promise<void>;
}

export async function makeExpiredConsents(everything: Everything, count: number): Promise<ExpiredConsents> {
  const config = readConfig({ ...everything.environment, LOG_LEVEL: 'silent' });
  const foundation = layFoundation(config, 'bench');
  const { store, codec } = foundation;
  const bankOf = new Map<string, BankName>();
  const models = await authoriseModels(everything);
  for (const bank of banks) {
    const copy = await copier(store, models[bank], new Date(foundation.clock.nowMs() - 60_000));
    const ids = Array.from({ length: count / banks.length }, () => randomUUID());
    for (const id of ids) bankOf.set(id, bank);
    await inTurn(ids, copy);
  }
  const connection = await Connection.connect(connectionSettings(config));
  const namespace = config.TEMPORAL_NAMESPACE;
  const { workflow } = new Client({ connection, namespace, dataConverter: dataConverter(codec) });

  return {
    ids: [...bankOf.keys()],
    startJourneys: (ids) =>
      inTurn(ids, async (consentId) => {
        const bank = profiles[bankOf.get(consentId) ?? 'hybrid'];
        const input: ConsentInput = { tenant, consentId, family, bank, status: 'authorised' };
        await workflow.start(consentNames.workflow, {
          workflowId: consentWorkflowId(consentId),
          taskQueue: config.TEMPORAL_TASK_QUEUE,
          args: [input],
        });
      }),
    renewals: async (id) => ((await store.grants.load(tenant, id))?.version ?? 0) - 1,
    close: async () => {
      await connection.close();
      await foundation.close();
    },
  };
}

/** One at each bank, by all that it takes. @returns their ids */
async function authoriseModels(everything: Everything): Promise<Record<BankName, string>> {
  await turnKnobs(everything, { bank: 'jarm', rotateRefreshTokens: false });
  const stage = quietStage(everything);
  const { connector } = stage;
  const first = await register(stage);
  const { SoftwareStatementId } = await connector.call('GET', `/manage/bank-registrations/${first.id}`);
  const second = await connector.call('POST', '/manage/bank-registrations', {
    BankProfile: profiles.jarm,
    SoftwareStatementId,
  });
  const authorised = async (BankRegistrationId: string): Promise<string> => {
    const TemplateRequest = { Type: 'MaximumPermissions' };
    const body = { BankRegistrationId, TemplateRequest };
    const { Id } = await connector.call('POST', '/aisp/account-access-consents', body);
    const path = '/aisp/account-access-consent-auth-contexts';
    await authorise(stage, path, { AccountAccessConsentId: Id });
    return Id;
  };
  return { hybrid: await authorised(first.id), jarm: await authorised(second.Id) };
}

async function copier({ consents, grants }: Store, modelId: string, expiresAt: Date) {
  const [model, grant, requestBody, bankResponse] = await Promise.all([
    consents.find(tenant, modelId),
    grants.load(tenant, modelId),
    consents.findRequestBody(tenant, modelId),
    consents.findBankResponse(tenant, modelId),
  ]);
  if (!model?.externalApiId || !grant?.accessToken || bankResponse === undefined)
    throw new Error('The consent that the others are copies of is not live.');
  const { externalApiId, bankRegistrationId, createdWithV4: useV4 } = model;
  const { accessToken, refreshToken, subject, nonce, obWacCertificateId } = grant;
  return async (id: string): Promise<void> => {
    const authorship = { reference: null, createdBy: null, externalApiUserId: null };
    await consents.insert(tenant, { id, ...authorship, family, bankRegistrationId, requestBody, useV4 });
    await consents.recordCreated(tenant, id, { externalApiId, bankResponse });
    await consents.recordAuthorised(tenant, id, { modifiedBy: null });
    await grants.storeTokens(tenant, id, {
      ...{ fromVersion: 0, accessToken, refreshToken, expiresAt },
      subject: subject ?? undefined,
      nonce: nonce ?? undefined,
      obWacCertificateId: obWacCertificateId ?? undefined,
    });
  };
}
