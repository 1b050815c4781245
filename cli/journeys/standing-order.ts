// The fourth journey: a customer sets up a standing order, and it is followed until the bank has it in place.
import { systemClock } from '../../clock.ts';
import type { Stage } from '../stage.ts';
import { authorisePayment, consentTo, type Ordered, order, type Payment } from './order.ts';
import type { Registered } from './registration.ts';

const untilFirstMs = 30 * 86_400_000;

export async function setUpStandingOrder(stage: Stage, registered: Registered): Promise<Ordered> {
  stage.narrator.title('A standing order');
  const rent = standingOrder(new Date(systemClock.nowMs() + untilFirstMs));
  const consent = await consentTo(stage, registered, rent);
  await authorisePayment(stage, rent, consent);
  return order(stage, rent, consent);
}

function standingOrder(first: Date): Payment {
  const amount = { Amount: '640.00', Currency: 'GBP' };
  return {
    ...{ family: 'domestic-standing-order', name: 'DomesticStandingOrder' },
    counted: { did: 'set up', what: 'standing order' },
    request: {
      Data: {
        ...{ Permission: 'Create' },
        Initiation: {
          MandateRelatedInformation: {
            FirstPaymentDateTime: first.toISOString(),
            Frequency: { Type: 'MNTH', PointInTime: '01' },
          },
          ...{ FirstPaymentAmount: amount, RecurringPaymentAmount: amount },
          CreditorAccount: {
            SchemeName: 'UK.OBIE.SortCodeAccountNumber',
            Identification: '99000287654321',
            Name: 'Harbour Lettings',
          },
        },
      },
      Risk: { PaymentContextCode: 'TransferToThirdParty' },
    },
  };
}
