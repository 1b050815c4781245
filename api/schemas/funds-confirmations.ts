// Confirmations of funds, as asked for and as the bank answers.
import { z } from '@hono/zod-openapi';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import { OBFundsConfirmation1 } from '../../standards/uk-open-banking/v4.0/generated/confirmation-funds.requests.ts';
import { publishedAnswer } from './published-body.ts';
import { baseResponse, ExternalApiResponseInfo, id } from './shared.ts';

export const FundsConfirmationRequest = z
  .object({
    FundsConfirmationConsentId: id,
    // Callers may leave the bank's consent id empty: it is filled in.
    ExternalApiRequest: OBFundsConfirmation1.extend({
      Data: OBFundsConfirmation1.shape.Data.extend({ ConsentId: z.string().max(128) }),
    }),
  })
  .openapi('FundsConfirmationRequest');

export const FundsConfirmationResponse = z
  .object({
    ...baseResponse,
    ExternalApiResponse: publishedAnswer(confirmationOfFunds.createFundsConfirmation),
    ExternalApiResponseInfo,
  })
  .openapi('FundsConfirmationResponse');
