// /banks: what there is to be registered with, and what each bank is like.
import { z } from 'zod';
import type { BankDescription } from '../../bank-profiles/describe.ts';
import { bankProfileSchema } from '../../bank-profiles/profile.ts';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { BankFilter, BankInDetail, Banks } from '../schemas/banks.ts';
import { validated } from '../validation.ts';

const tag = 'Banks';

export function addBankRoutes(api: Api, { bankProfiles }: Pick<ApiDeps, 'bankProfiles'>): void {
  addOperation(
    api,
    {
      method: 'get',
      path: '/banks',
      id: 'GetBanks',
      summary: 'List the banks that there are profiles of',
      tag,
      query: BankFilter,
      status: 200,
      response: Banks,
    },
    (_, c) => {
      const filter = validated(BankFilter, c.req.query());
      return c.json({ Data: bankProfiles.describeAll().filter((bank) => fits(bank, filter)) });
    },
  );

  // No profile has this name: theirs have a group in front.
  addOperation(
    api,
    {
      method: 'get',
      path: '/banks/schema',
      id: 'GetBankProfileSchema',
      summary: 'The JSON Schema of a bank profile',
      tag,
      status: 200,
      response: z.record(z.string(), z.unknown()),
    },
    (_, c) => c.json(z.toJSONSchema(bankProfileSchema, { io: 'input' })),
  );

  addOperation(
    api,
    {
      method: 'get',
      path: '/banks/{bankProfile}',
      id: 'GetBank',
      summary: 'One bank: what it offers, how it differs, what has to be configured',
      tag,
      params: z.object({ bankProfile: z.string() }),
      status: 200,
      response: BankInDetail,
    },
    ({ params: { bankProfile } }, c) => {
      const bank = bankProfiles.describe(bankProfile);
      if (bank !== undefined) return c.json(bank);
      const nearest = bankProfiles.nearest(bankProfile);
      const detail = nearest === undefined ? {} : { detail: `Did you mean ${nearest}?` };
      throw new Problem('not-found', detail);
    },
  );
}

const apis = {
  aisp: 'AccountAndTransactionApi',
  pisp: 'PaymentInitiationApi',
  vrp: 'VariableRecurringPaymentsApi',
  cbpii: 'ConfirmationOfFundsApi',
} as const;

function fits(bank: BankDescription, { group, environment, api, version, configured }: BankFilter): boolean {
  const offered = (api === undefined ? Object.values(apis) : [apis[api]]).flatMap(
    (name) => bank[name]?.Versions ?? [],
  );
  return (
    (group === undefined || bank.BankGroup === group) &&
    (environment === undefined || bank.Environment === environment) &&
    (version === undefined ? offered.length > 0 : offered.includes(version)) &&
    (configured === undefined || (bank.MissingConfiguration.length === 0) === (configured === 'true'))
  );
}
