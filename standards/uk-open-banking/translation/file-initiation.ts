// The instruction of a file of payments, in its consent and in its order.
import { type Initiation, partiesToVersion3 } from './initiation.ts';
import { unknownToVersion3 } from './limits.ts';
import { remittanceToVersion3, remittanceToVersion4 } from './remittance.ts';
import { members, type Translate } from './translate.ts';

/**
 * The type says how the file itself is written, and its hash is in the consent. Called by the type of v3.1, a file of v4.0
 * would still be one of v4.0, so types are never renamed; the list is open in both versions.
 */
const fileType: Translate = (type, walk) => {
  if (type === 'UK.OBIE.PaymentInitiation.4.0') {
    throw walk.refusal('the file has to be written as UK.OBIE.PaymentInitiation.3.1 or as pain.001');
  }
  return type;
};

export const fileInitiation: Initiation = {
  toVersion3: members({
    ...partiesToVersion3,
    FileType: fileType,
    CreditorAgent: unknownToVersion3,
    RemittanceInformation: remittanceToVersion3,
  }),
  toVersion4: members({ RemittanceInformation: remittanceToVersion4 }),
};
