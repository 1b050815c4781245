// Where the sandbox bank's customers spend: invented shops with merchant category codes (ISO 18245) and usual amounts.

export interface Merchant {
  name: string;
  categoryCode: string;
  /** The usual range of one purchase, in minor units. */
  from: number;
  to: number;
}

function merchant(name: string, categoryCode: string, from: number, to: number): Merchant {
  return { name, categoryCode, from, to };
}

export const everydayMerchants: readonly [Merchant, ...Merchant[]] = [
  merchant('GREENGATE GROCERS', '5411', 4_20, 62_00),
  merchant('CORNER PANTRY', '5411', 1_80, 14_50),
  merchant('MARLOW BAKERY', '5462', 2_10, 9_80),
  merchant('BEAN AND BARROW COFFEE', '5814', 2_60, 7_40),
  merchant('THE COPPER KETTLE', '5812', 12_00, 48_00),
  merchant('CITYLINK TRANSPORT', '4111', 1_75, 8_10),
  merchant('NORTHWAY RAIL', '4112', 6_40, 41_00),
  merchant('FOXGLOVE PHARMACY', '5912', 2_50, 19_90),
  merchant('PAGE AND PLUM BOOKS', '5942', 5_99, 24_99),
  merchant('HIGHSTREET HARDWARE', '5251', 3_20, 38_00),
  merchant('MERIDIAN FUEL', '5541', 22_00, 71_00),
  merchant('LANTERN CINEMAS', '7832', 8_50, 27_00),
];

export const cardMerchants: readonly [Merchant, ...Merchant[]] = [
  merchant('ORCHARD ONLINE', '5999', 6_99, 89_00),
  merchant('WILDER OUTDOOR', '5941', 15_00, 140_00),
  merchant('THREAD AND LOOM', '5651', 18_00, 95_00),
  merchant('SKYBRIDGE AIRWAYS', '4511', 48_00, 310_00),
  merchant('HARBOUR HOTELS', '7011', 69_00, 240_00),
  merchant('VOLT ELECTRICALS', '5732', 12_99, 260_00),
];

export const travelMerchants: readonly [Merchant, ...Merchant[]] = [
  merchant('CAFE DES ARCADES', '5814', 3_20, 14_00),
  merchant('TRATTORIA DEL PONTE', '5812', 18_00, 62_00),
  merchant('TRAM METROPOLE', '4111', 1_60, 9_00),
  merchant('MUSEO CIVICO', '7991', 8_00, 22_00),
  merchant('PENSION AM MARKT', '7011', 64_00, 190_00),
];

export const tradeSuppliers: readonly [Merchant, ...Merchant[]] = [
  merchant('BRIGHTWATER PACKAGING', '5111', 120_00, 1_900_00),
  merchant('CALDER FREIGHT', '4215', 85_00, 980_00),
  merchant('OAKFIELD COMPONENTS', '5065', 240_00, 3_400_00),
  merchant('SUMMIT OFFICE SUPPLY', '5943', 18_00, 210_00),
];

export const tradeCustomers: readonly [string, ...string[]] = [
  'WESTERN FITTINGS LTD',
  'DOVER LANE STUDIOS',
  'HALCYON INTERIORS',
  'J PEMBERTON AND SONS',
  'LARKSPUR RETAIL GROUP',
];
