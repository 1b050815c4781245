// The instruction of a standing order, in its consent and in its order: in v4.0 the schedule is in the mandate and the
// reference in the remittance.
import { frequencyToVersion3 } from './frequency.ts';
import { type Initiation, partiesToVersion3 } from './initiation.ts';
import { partiesAbroadToVersion3, partiesAbroadToVersion4 } from './international-initiation.ts';
import { asksFor, refuseOthers } from './limits.ts';
import { withMandate } from './mandates.ts';
import { purposeToVersion3, purposeToVersion4 } from './purpose.ts';
import { referenceToVersion3, referenceToVersion4 } from './remittance.ts';
import { inTurn, isObject, members, ownMember, replaced, type Translate } from './translate.ts';

const dates = ['FirstPaymentDateTime', 'FinalPaymentDateTime'];

function scheduleToVersion3(...names: string[]): Translate {
  const mandateToVersion3 = inTurn(
    refuseOthers('v3.1 has no member for it', names),
    asksFor('FirstPaymentDateTime'),
    members({ Frequency: frequencyToVersion3 }),
  );
  return replaced({
    MandateRelatedInformation: (mandate, walk) => {
      const translated = mandateToVersion3(mandate, walk);
      if (!isObject(translated)) return { MandateRelatedInformation: mandate };
      const given = names.filter((name) => ownMember(translated, name) !== undefined);
      return Object.fromEntries(given.map((name) => [name, translated[name]]));
    },
  });
}

export const domesticStandingOrder: Initiation = {
  toVersion3: inTurn(
    members(partiesToVersion3),
    referenceToVersion3,
    scheduleToVersion3('Frequency', ...dates, 'RecurringPaymentDateTime'),
  ),
  toVersion4: inTurn(withMandate, referenceToVersion4),
};

export const internationalStandingOrder: Initiation = {
  toVersion3: inTurn(
    members(partiesAbroadToVersion3(350)),
    referenceToVersion3,
    scheduleToVersion3('Frequency', ...dates),
    purposeToVersion3,
  ),
  toVersion4: inTurn(members(partiesAbroadToVersion4), withMandate, referenceToVersion4, purposeToVersion4),
};
