// The risk of a payment (OBRisk1). v3.1 publishes the contract flag misspelt; banks accept one spelling or the other.
import { coded, codeList } from './codes.ts';
import { unknownToVersion3 } from './limits.ts';
import { deliveryAddressToVersion3 } from './postal-address.ts';
import { inTurn, isObject, members, replaced, type Translate } from './translate.ts';

export type Spelling = 'correct' | 'misspelt';

const flag = { correct: 'ContractPresentIndicator', misspelt: 'ContractPresentInidicator' } as const;

const currentContext = coded(
  codeList(
    // What comes nearest to the contexts that v4.0 no longer has.
    {
      BillPayment: 'BillingGoodsAndServicesInArrears',
      EcommerceGoods: 'EcommerceMerchantInitiatedPayment',
      EcommerceServices: 'EcommerceMerchantInitiatedPayment',
      PartyToParty: 'TransferToThirdParty',
    },
    'BillingGoodsAndServicesInAdvance',
    'FaceToFacePointOfSale',
    'TransferToSelf',
  ),
);
const contextsWithNothingNear: readonly unknown[] = ['Other', 'PispPayee'];

export const riskToVersion4 = replaced({
  [flag.misspelt]: (value, _, risk) => (risk[flag.correct] === value ? {} : { [flag.correct]: value }),
  PaymentContextCode: (context, walk) => ({
    ...(contextsWithNothingNear.includes(context)
      ? {}
      : { PaymentContextCode: currentContext(context, walk) }),
    V3PaymentContextCode: context,
  }),
});

export function riskToVersion3(spelling: Spelling): Translate {
  return inTurn(
    members({ CategoryPurposeCode: unknownToVersion3, DeliveryAddress: deliveryAddressToVersion3 }),
    withContextOfVersion3,
    withFlag(spelling),
  );
}

/** Who gives a context for v3.1 besides the one of v4.0 means it for banks like this one. */
const withContextOfVersion3: Translate = (risk, walk) => {
  if (!isObject(risk) || risk.V3PaymentContextCode === undefined) return risk;
  const { PaymentContextCode: _, ...others } = risk;
  return replaced({ V3PaymentContextCode: (context) => ({ PaymentContextCode: context }) })(others, walk);
};

function withFlag(spelling: Spelling): Translate {
  return (risk, walk) => {
    if (!isObject(risk)) return risk;
    const given = [risk[flag.correct], risk[flag.misspelt]].filter((value) => value !== undefined);
    if (given.length === 2 && given[0] !== given[1]) {
      throw walk.refusal(`it contradicts ${flag.correct}`, flag.misspelt);
    }
    const other = spelling === 'correct' ? flag.misspelt : flag.correct;
    return replaced({
      [other]: (value) => (risk[flag[spelling]] === undefined ? { [flag[spelling]]: value } : {}),
    })(risk, walk);
  };
}
