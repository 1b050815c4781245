// The banks that the customer of an open payment may choose from: those that a client of ours can pay at.
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { CannotTranslate } from '../../standards/uk-open-banking/translation/index.ts';
import type { OpenPayment } from '../../store/payment-journeys.ts';
import type { ApiDeps } from '../deps.ts';
import { tenantOf } from '../tenant.ts';

export interface BankToChoose {
  bankRegistrationId: string;
  /** Of its profile. */
  bank: string;
  /** As customers know it. */
  name: string;
  /** False: its version has no form for what is to be paid. */
  takesIt: boolean;
}

type Deps = Pick<ApiDeps, 'bankProfiles'> & { records: Pick<ApiDeps['records'], 'registrations'> };

/** By name. */
export async function banksToChoose(
  { records, bankProfiles }: Deps,
  { family, requestBody }: Pick<OpenPayment, 'family' | 'requestBody'>,
): Promise<BankToChoose[]> {
  const body: unknown = JSON.parse(requestBody);
  const { consentResource } = paymentFamilyFacts[family];
  const found: BankToChoose[] = [];
  for (const { id, bankProfile: bank, pispUseV4 } of await records.registrations.listForPayments(
    tenantOf(),
  )) {
    const profile = bankProfiles.find(bank);
    if (profile === undefined) continue;
    const takesIt = isTaken(() => profile.writeRequest(consentResource, pispUseV4, body));
    found.push({ bankRegistrationId: id, bank, takesIt, name: bankProfiles.describe(bank)?.Brand ?? bank });
  }
  const names = found.map(({ name }) => name);
  const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  return found
    .map((each) => (isShared(each.name) ? { ...each, name: `${each.name} (${each.bank})` } : each))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

export function matching(banks: readonly BankToChoose[], search: string): BankToChoose[] {
  const wanted = search.trim().toLowerCase();
  return banks.filter(({ name, bank }) => `${name} ${bank}`.toLowerCase().includes(wanted));
}

function isTaken(write: () => unknown): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (error instanceof CannotTranslate) return false;
    throw error;
  }
}
