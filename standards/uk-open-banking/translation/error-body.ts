// Refusals (OBErrorResponse1): the names of v3.1 become the codes of v4.0, a bank's own names stay.
import { errorCodeOf } from '../error-codes.ts';
import { coded } from './codes.ts';
import { each, members } from './translate.ts';

export const errorBodyToVersion4 = members({ Errors: each(members({ ErrorCode: coded(errorCodeOf) })) });
