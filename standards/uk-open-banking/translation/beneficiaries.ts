// Beneficiaries (OBReadBeneficiary5): only the type of their bank's address has other codes.
import { agentToVersion4 } from './postal-address.ts';
import { each, members } from './translate.ts';

const beneficiary = members({ CreditorAgent: agentToVersion4 });

export const beneficiariesToVersion4 = members({ Data: members({ Beneficiary: each(beneficiary) }) });
