// What a payment costs, as consents and orders tell of it: the ways that are not free.
import type { Money, PaymentInitiation } from './records.ts';

interface Charge {
  ChargeBearer: string;
  Type: string;
  Amount: Money;
}

/** The standard has a name for one of them only. */
export function chargesOf({ LocalInstrument, ChargeBearer }: PaymentInitiation): Charge[] | undefined {
  if (LocalInstrument !== 'UK.OBIE.CHAPS' && LocalInstrument !== 'UK.OBIE.SWIFT') return undefined;
  const isChaps = LocalInstrument === 'UK.OBIE.CHAPS';
  return [
    {
      ChargeBearer: ChargeBearer ?? (isChaps ? 'BorneByDebtor' : 'Shared'),
      Type: isChaps ? 'UK.OBIE.CHAPSOut' : 'SBX.SwiftOut',
      Amount: { Amount: isChaps ? '25.00' : '9.50', Currency: 'GBP' },
    },
  ];
}
