// The details of a payment's way (OBWritePaymentDetailsResponse1): statuses become codes, and every original stays beside.
import { paymentStatusCode } from '../statuses.ts';
import { coded, codeList } from './codes.ts';
import { each, members, replaced } from './translate.ts';

/** Those that a payment's own status does not have. */
const detailedStatus = codeList({
  Accepted: 'ACCP',
  AcceptedCustomerProfile: 'ACCP',
  AcceptedFundsChecked: 'ACFC',
  AcceptedTechnicalValidation: 'ACTC',
  AcceptedWithChange: 'ACWC',
  Cancelled: 'CANC',
  PartiallyAcceptedTechnicalCorrect: 'PATC',
  PaymentCancelled: 'CANC',
  Received: 'RCVD',
  // What became of a wish to cancel has no code in v4.0: the payment itself is on its way until the bank says more.
  AcceptedCancellationRequest: 'PDNG',
  NoCancellationProcess: 'PDNG',
  PartiallyAcceptedCancellationRequest: 'PDNG',
  PendingCancellationRequest: 'PDNG',
  RejectedCancellationRequest: 'PDNG',
});

function statusCode(status: string): string | undefined {
  return detailedStatus(status) ?? paymentStatusCode(status, 'domestic-payment');
}

function known(status: unknown): string | undefined {
  return typeof status === 'string' ? statusCode(status) : undefined;
}

const longestReasonCode = 4;

const paymentStatus = replaced({
  Status: (status, walk) => ({ Status: coded(statusCode)(status, walk), V3Status: status }),
  StatusDetail: (detail, walk, { Status: whole }) => ({ StatusDetail: statusDetail(whole)(detail, walk) }),
});

function statusDetail(whole: unknown) {
  return replaced({
    // Free text in v3.1; where it is no status that we know, it details the status of the whole.
    Status: (text) => ({ Status: known(text) ?? known(whole) ?? whole, V3Status: text }),
    // No map was ever published from the names of v3.1 to the codes of v4.0.
    StatusReason: (reason) => ({
      ...(typeof reason === 'string' && reason.length <= longestReasonCode ? { StatusReason: reason } : {}),
      V3StatusReason: reason,
    }),
  });
}

export const paymentDetailsToVersion4 = members({ Data: members({ PaymentStatus: each(paymentStatus) }) });
