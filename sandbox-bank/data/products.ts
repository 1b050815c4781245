// The products behind the accounts, in the members and codes of OBReadProduct2, which both versions share.
import type { BankAccount } from './accounts.ts';

export interface Product {
  ProductName: string;
  ProductId: string;
  ProductType: 'PersonalCurrentAccount' | 'BusinessCurrentAccount' | 'Other';
  MarketingStateId?: string;
  [details: string]: unknown;
}

const personal: Product = {
  ProductName: 'Everyday Account',
  ProductId: 'PCA-EVERYDAY-1',
  ProductType: 'PersonalCurrentAccount',
  MarketingStateId: 'P1',
  PCA: {
    ProductDetails: { Segment: ['General', 'Overdraft'], MonthlyMaximumCharge: '20.00' },
    CreditInterest: {
      TierBandSet: [
        {
          TierBandMethod: 'Tiered',
          CalculationMethod: 'SimpleInterest',
          Destination: 'SelfCredit',
          TierBand: [
            creditBand('0.00', '0.10', { TierValueMaximum: '999.99' }),
            creditBand('1000.00', '0.75', { Identification: 'T2' }),
          ],
        },
      ],
    },
    Overdraft: {
      OverdraftTierBandSet: [
        {
          TierBandMethod: 'Whole',
          OverdraftType: 'Committed',
          AuthorisedIndicator: true,
          BufferAmount: '25.00',
          OverdraftTierBand: [{ TierValueMin: '0.00', TierValueMax: '2500.00', EAR: '35.9' }],
        },
      ],
    },
  },
};

const business: Product = {
  ProductName: 'Business Account',
  ProductId: 'BCA-STANDARD-1',
  ProductType: 'BusinessCurrentAccount',
  MarketingStateId: 'P1',
  BCA: {
    ProductDetails: { Segment: ['Standard'], FeeFreeLength: 12, FeeFreeLengthPeriod: 'Month' },
    OtherFeesCharges: [
      {
        TariffType: 'Electronic',
        TariffName: 'Electronic tariff',
        FeeChargeDetail: [
          {
            FeeCategory: 'Servicing',
            FeeType: 'ServiceCAccountFee',
            FeeAmount: '6.50',
            ApplicationFrequency: 'Monthly',
          },
        ],
      },
    ],
  },
};

function other(name: string, id: string, description: string, aer?: string): Product {
  const band = {
    TierValueMinimum: '1.00',
    ApplicationFrequency: 'FQMY',
    FixedVariableInterestRateType: 'INVA',
    AER: aer,
  };
  const bands = [{ TierBandMethod: 'INWH', Destination: 'INSC', TierBand: [band] }];
  return {
    ProductName: name,
    ProductId: id,
    ProductType: 'Other',
    OtherProductType: {
      Name: name,
      Description: description,
      ...(aer === undefined ? {} : { CreditInterest: { TierBandSet: bands } }),
    },
  };
}

const savings = other('Rainy Day Saver', 'SAV-RAINY-1', 'Savings with instant access', '3.10');
const card = other('Rewards Card', 'CRD-REWARDS-2', 'Credit card paid monthly');
const currency = other('Currency Account', 'CUR-BASIC-1', 'Current account in a foreign currency');

export function productOf(account: BankAccount): Product {
  if (account.typeCode === 'SVGS') return savings;
  if (account.typeCode === 'CARD') return card;
  if (account.currency !== 'GBP') return currency;
  return account.category === 'Business' ? business : personal;
}

function creditBand(minimum: string, aer: string, more: object): object {
  return {
    ...more,
    TierValueMinimum: minimum,
    ApplicationFrequency: 'Monthly',
    FixedVariableInterestRateType: 'Variable',
    AER: aer,
  };
}
