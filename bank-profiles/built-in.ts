// The profiles that come with the connector, by their public names.
import { barclays } from './groups/barclays.ts';
import { chase } from './groups/chase.ts';
import { cooperative } from './groups/cooperative.ts';
import { danske } from './groups/danske.ts';
import { hsbc } from './groups/hsbc.ts';
import { lloydsBankingGroup } from './groups/lloyds.ts';
import { monzo } from './groups/monzo.ts';
import { nationwide } from './groups/nationwide.ts';
import { natwestGroup } from './groups/natwest.ts';
import { obie } from './groups/obie.ts';
import { revolut } from './groups/revolut.ts';
import { sandbox } from './groups/sandbox.ts';
import { santander } from './groups/santander.ts';
import { starling } from './groups/starling.ts';
import { tide } from './groups/tide.ts';
import { tsb } from './groups/tsb.ts';
import { wise } from './groups/wise.ts';
import { zopa } from './groups/zopa.ts';
import type { BankProfileSource } from './profile.ts';

export const builtInProfiles: ReadonlyMap<string, BankProfileSource> = new Map([
  ...barclays,
  ...chase,
  ...cooperative,
  ...danske,
  ...hsbc,
  ...lloydsBankingGroup,
  ...monzo,
  ...nationwide,
  ...natwestGroup,
  ...obie,
  ...revolut,
  ...santander,
  ...starling,
  ...tide,
  ...tsb,
  ...wise,
  ...zopa,
  ...sandbox,
]);
