// Whom the customer has kept to pay again (Beneficiaries profile).
import { type Beneficiary, beneficiariesOf } from '../data/beneficiaries.ts';
import { accountResource } from './account-resource.ts';
import { beneficiaryCreditorBody } from './creditor-body.ts';
import type { Call } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';

export const beneficiaries = accountResource({
  member: 'Beneficiary',
  ofOne: 'beneficiaries',
  ofAll: 'beneficiaries',
  permissions: [['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail']],
  bodiesOf: (call, consent, account) =>
    beneficiariesOf(account).map((one) => ({ AccountId: account.accountId, ...bodyOf(call, consent, one) })),
});

function bodyOf(call: Call, consent: AccountAccessConsent, beneficiary: Beneficiary): object {
  return {
    BeneficiaryId: beneficiary.beneficiaryId,
    BeneficiaryType: beneficiary.trusted ? 'Trusted' : 'Ordinary',
    Reference: beneficiary.reference,
    ...(consent.permissions.includes('ReadBeneficiariesDetail')
      ? beneficiaryCreditorBody(call, consent, beneficiary.creditor)
      : {}),
  };
}
