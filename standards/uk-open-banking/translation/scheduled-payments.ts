// Scheduled payments (OBReadScheduledPayment3): the same in both versions, but for the address of the creditor's bank, which
// v3.1 does not list and some banks send.
import { agentToVersion4 } from './postal-address.ts';
import { each, members } from './translate.ts';

const payment = members({ CreditorAgent: agentToVersion4 });

export const scheduledPaymentsToVersion4 = members({ Data: members({ ScheduledPayment: each(payment) }) });
