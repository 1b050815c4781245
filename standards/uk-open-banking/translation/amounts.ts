// Amounts that say in which currency they are held: the account's own or the local one.
import { coded, codeList } from './codes.ts';
import { members } from './translate.ts';

const amount = members({ SubType: coded(codeList({ BaseCurrency: 'BCUR', LocalCurrency: 'LCUR' })) });

export const amountsToVersion4 = { Amount: amount, LocalAmount: amount };
