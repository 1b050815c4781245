// What the bank offers on top of an account (Offers profile).
import { offersOf } from '../data/offers.ts';
import { accountResource } from './account-resource.ts';
import { amountOf } from './money.ts';

export const offers = accountResource({
  member: 'Offer',
  ofOne: 'offers',
  ofAll: 'offers',
  permissions: [['ReadOffers']],
  bodiesOf: (_call, _consent, account) =>
    offersOf(account).map((offer) => ({
      AccountId: account.accountId,
      OfferId: offer.offerId,
      OfferType: offer.type,
      Description: offer.description,
      StartDateTime: `${offer.startsOn}T00:00:00.000Z`,
      EndDateTime: offer.endsOn === undefined ? undefined : `${offer.endsOn}T23:59:59.000Z`,
      Rate: offer.rate,
      Term: offer.term,
      Amount: offer.amountMinor === undefined ? undefined : amountOf(offer.amountMinor, account.currency),
      Fee: offer.feeMinor === undefined ? undefined : amountOf(offer.feeMinor, account.currency),
    })),
});
