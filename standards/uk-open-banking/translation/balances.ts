// Balances (OBReadBalance1): codes for type and sub-type. v4.0 has no cleared balances; they become available ones, with
// the original beside.
import { coded, codeList } from './codes.ts';
import { each, inTurn, members, replaced } from './translate.ts';

const clearedTypes = { ClosingCleared: 'CLAV', InterimCleared: 'ITAV', OpeningCleared: 'OPAV' };

export const balanceType = coded(
  codeList({
    ClosingAvailable: 'CLAV',
    ClosingBooked: 'CLBD',
    Expected: 'XPCD',
    ForwardAvailable: 'FWAV',
    Information: 'INFO',
    InterimAvailable: 'ITAV',
    InterimBooked: 'ITBD',
    OpeningAvailable: 'OPAV',
    OpeningBooked: 'OPBD',
    PreviouslyClosedBooked: 'PRCD',
    ...clearedTypes,
  }),
);

export function isClearedBalanceType(type: unknown): boolean {
  return typeof type === 'string' && Object.hasOwn(clearedTypes, type);
}

const amount = members({ SubType: coded(codeList({ BaseCurrency: 'BCUR', LocalCurrency: 'LCUR' })) });

const balance = inTurn(
  replaced({ Type: (type, path) => ({ Type: balanceType(type, path), V3Type: type }) }),
  members({ Amount: amount, LocalAmount: amount }),
);

export const balancesToVersion4 = members({ Data: members({ Balance: each(balance) }) });
