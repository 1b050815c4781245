// What direct debits and standing orders have in common: v4.0 gathers what was agreed in a mandate, and tells why one that is
// not active any more is not.
import { codeList } from './codes.ts';
import { frequencyNotKnown, frequencyToVersion4 } from './frequency.ts';
import { gathered, type Replace } from './translate.ts';

export const mandateStatusCode = codeList({ Active: 'ACTV' }, 'CANC', 'EXPI', 'SUSP');

/**
 * v3.1 does not tell whether what is inactive was cancelled, has expired or is suspended. Whatever of these v4.0 said would be
 * invented: it says nothing, and the original stays.
 */
export const inactive = 'Inactive';

const asItIs =
  (name: string): Replace =>
  (value) => ({ [name]: value });

export const withMandate = gathered(
  'MandateRelatedInformation',
  {
    MandateIdentification: asItIs('MandateIdentification'),
    Frequency: (frequency, walk) => ({ Frequency: frequencyToVersion4(frequency, walk) }),
    FirstPaymentDateTime: asItIs('FirstPaymentDateTime'),
    RecurringPaymentDateTime: asItIs('RecurringPaymentDateTime'),
    FinalPaymentDateTime: asItIs('FinalPaymentDateTime'),
  },
  () => ({ Frequency: frequencyNotKnown() }),
);
