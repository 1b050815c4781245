// The purpose of an international instruction, which v4.0 has no member for. The risk has one in both versions, with a closed
// list in v4.0 and not repeated in orders: moved there, it would not come back to the bank as it was consented to.
import { isObject, replaced, type Translate } from './translate.ts';

/** v4.0 closes the object, so that the original goes to the supplementary data. */
export const purposeToVersion4: Translate = (initiation) => {
  if (!isObject(initiation) || initiation.Purpose === undefined) return initiation;
  const { Purpose: V3Purpose, SupplementaryData = {}, ...others } = initiation;
  if (!isObject(SupplementaryData) || 'V3Purpose' in SupplementaryData) return initiation;
  return { ...others, SupplementaryData: { ...SupplementaryData, V3Purpose } };
};

export const purposeToVersion3 = replaced({
  SupplementaryData: (supplement, walk) => {
    if (!isObject(supplement) || supplement.V3Purpose === undefined) return { SupplementaryData: supplement };
    const { V3Purpose: Purpose, ...SupplementaryData } = supplement;
    if (typeof Purpose !== 'string' || Purpose === '' || [...Purpose].length > 4) {
      throw walk.refusal('v3.1 takes a text of 1 to 4 characters there', 'V3Purpose');
    }
    return Object.keys(SupplementaryData).length === 0 ? { Purpose } : { Purpose, SupplementaryData };
  },
});
