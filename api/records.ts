// Everything that the API asks of the store. The store offers more; fakes in tests offer this.
import type { Entity, Stored } from '../store/entity.ts';
import type { ManagedListRequest } from '../store/managed-lists.ts';
import type { Page } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';

/** What all management objects have in common. */
export interface ManagementRecords<Values extends Entity> {
  insert(tenant: TenantId, values: Values): Promise<Stored<Values>>;
  find(tenant: TenantId, id: string): Promise<Stored<Values> | undefined>;
  softDelete(tenant: TenantId, id: string): Promise<'deleted' | 'not-found' | 'in-use'>;
  listPage(tenant: TenantId, request: ManagedListRequest): Promise<Page<Stored<Values>>>;
}

type Managed = 'insert' | 'find' | 'softDelete' | 'listPage';

export interface ApiRecords {
  obWacCertificates: Pick<Store['obWacCertificates'], Managed>;
  obSealCertificates: Pick<Store['obSealCertificates'], Managed>;
  softwareStatements: Pick<Store['softwareStatements'], Managed | 'list' | 'update'>;
  listCertificatesInUse: Store['listCertificatesInUse'];
  encryptionKeyDescriptions: Pick<Store['encryptionKeyDescriptions'], Managed | 'setCurrent'>;
  registrations: Pick<
    Store['registrations'],
    'insertRequested' | 'find' | 'findNewestForPayments' | 'listForPayments' | 'softDelete' | 'listPage'
  >;
  consents: Pick<
    Store['consents'],
    Managed | 'findRequestBody' | 'findBankResponse' | 'recordSeenAtBank' | 'recordDeletionAsked'
  >;
  accountIdentityKeys: Pick<Store['accountIdentityKeys'], 'get'>;
  accessRecords: Pick<Store['accessRecords'], 'listPage'>;
  grants: Pick<Store['grants'], 'storeTokens'>;
  reconfirmations: Pick<Store['reconfirmations'], 'insert'>;
  authContexts: Pick<Store['authContexts'], 'insert' | 'find' | 'findByState'>;
  redirects: Pick<Store['redirects'], 'record' | 'findOutcome'>;
  payments: Pick<
    Store['payments'],
    | 'insert'
    | 'find'
    | 'findByConsent'
    | 'findByExternalApiId'
    | 'findFirstBankResponse'
    | 'listPage'
    | 'listStatuses'
  >;
  paymentAttempts: Pick<Store['paymentAttempts'], 'list' | 'listLedger'>;
  paymentJourneys: Store['paymentJourneys'];
  resultKeys: Store['resultKeys'];
  paymentLinks: Store['paymentLinks'];
  paymentFiles: Pick<Store['paymentFiles'], 'begin' | 'addPart' | 'complete' | 'findWhole' | 'forget'>;
  fundsConfirmations: Store['fundsConfirmations'];
  webhookEndpoints: Store['webhookEndpoints'];
  webhookEvents: Pick<Store['webhookEvents'], 'find' | 'listPage' | 'insertTest' | 'replay'>;
  webhookDeliveries: Pick<Store['webhookDeliveries'], 'listPage' | 'countWaiting'>;
  idempotency: Pick<Store['idempotency'], 'claim'>;
}

export type IdempotencyRecords = ApiRecords['idempotency'];
