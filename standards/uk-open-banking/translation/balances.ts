// Balances (OBReadBalance1): codes for type and sub-type. v4.0 has no cleared balances; they become available ones, with
// the original beside.
import { amountsToVersion4 } from './amounts.ts';
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

const balance = inTurn(
  replaced({ Type: (type, walk) => ({ Type: balanceType(type, walk), V3Type: type }) }),
  members(amountsToVersion4),
);

export const balancesToVersion4 = members({ Data: members({ Balance: each(balance) }) });
