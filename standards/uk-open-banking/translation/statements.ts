// Statements (OBReadStatement2): only the sub-types of amounts have other codes. The types of rates, fees, benefits and
// interest are namespaced in both versions and stay.
import { amountsToVersion4 } from './amounts.ts';
import { each, members } from './translate.ts';

const statement = members({ StatementAmount: each(members(amountsToVersion4)) });

export const statementsToVersion4 = members({ Data: members({ Statement: each(statement) }) });
