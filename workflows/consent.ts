// A consent of any family, from the moment the bank records it to its end: wait for the customer's return, exchange
// the code, then keep the grant usable until the consent is revoked, deleted or expires.
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  patched,
  setHandler,
} from '@temporalio/workflow';
import { onceOnly, records, repeatable } from './activity-options.ts';
import {
  type CompleteAuthorisationRequest,
  type ConsentInput,
  type ConsentResult,
  type ConsentStatus,
  type DeleteConsentRequest,
  isSingleUse,
  consentNames as names,
  type RefreshGrantAnswer,
  type RefreshGrantRequest,
  type UploadFileRequest,
} from './contracts/consent.ts';
import { authorisationDeadlineMs } from './steps/authorisation-deadline.ts';
import { failureOf } from './steps/failure-of.ts';
import { notUsable } from './steps/not-usable.ts';
import { neverLooks, openReconfirmationClock } from './steps/reconfirmation-clock.ts';
import { openRequestDesk, type Ticket } from './steps/request-desk.ts';
import { standAt } from './steps/standing.ts';
import { happensBefore } from './steps/wait-until.ts';

type ConsentRequests = {
  upload: { takes: UploadFileRequest; gives: undefined };
  authorise: { takes: CompleteAuthorisationRequest; gives: undefined };
  refresh: { takes: RefreshGrantRequest; gives: RefreshGrantAnswer };
  delete: { takes: DeleteConsentRequest; gives: undefined };
};

const createConsent = defineUpdate<void>(names.createConsent);
const completeAuthorisation = defineUpdate<void, [CompleteAuthorisationRequest]>(names.completeAuthorisation);
const refreshGrant = defineUpdate<RefreshGrantAnswer, [RefreshGrantRequest]>(names.refreshGrant);
const uploadFile = defineUpdate<void, [UploadFileRequest]>(names.uploadFile);
const deleteConsent = defineUpdate<void, [DeleteConsentRequest]>(names.deleteConsent);
const consentRevokedAtBank = defineSignal(names.consentRevokedAtBank);
const consentReconfirmed = defineSignal(names.consentReconfirmed);
const statusQuery = defineQuery<ConsentStatus>(names.status);

export async function consent(input: ConsentInput): Promise<ConsentResult> {
  const { tenant, consentId, family, bank } = input;
  const reference = { tenant, consentId, family };
  const safely = repeatable(bank);
  const once = onceOnly(bank);
  const desk = openRequestDesk<ConsentRequests>();
  let status: ConsentStatus = input.status;
  let expiresAtMs = input.expiresAtMs;
  let revoked = false;
  let reconfirmed = false;

  const isMade = input.status !== 'creating';
  const creation = isMade || input.isImported ? undefined : safely.createConsentAtBank(reference);
  const adoption = !isMade && input.isImported ? records.importConsent(reference) : undefined;
  setHandler(createConsent, async () => {
    await (creation ?? adoption);
  });
  setHandler(completeAuthorisation, (request) => desk.ask('authorise', request));
  setHandler(refreshGrant, (request) => desk.ask('refresh', request));
  setHandler(uploadFile, (request) => desk.ask('upload', request));
  setHandler(deleteConsent, (request) => desk.ask('delete', request));
  setHandler(consentRevokedAtBank, () => {
    revoked = true;
  });
  setHandler(consentReconfirmed, () => {
    reconfirmed = true;
  });
  setHandler(statusQuery, () => status);

  if (creation !== undefined) {
    try {
      expiresAtMs = (await creation).expiresAtMs;
    } catch (error) {
      await records.recordFailure({ tenant, consentId, failure: failureOf(error) });
      standAt('failed', 'The bank did not record the consent. The failure says why.');
      await condition(allHandlersFinished);
      throw error;
    }
    status = family === 'file-payment' ? 'awaiting-upload' : 'awaiting-authorisation';
    standAt(
      status,
      family === 'file-payment'
        ? 'Recorded by the bank, which waits for the file.'
        : 'Recorded by the bank; waiting for the customer to come back from it.',
    );
  }
  if (adoption !== undefined) {
    status = (await adoption).status;
    if (status === 'authorised') return await goOnLive();
    standAt(status, 'Imported; waiting for the customer to come back from the bank.');
  }
  const deadlineMs =
    status === 'authorised' ? expiresAtMs : authorisationDeadlineMs(family, Date.now(), expiresAtMs);

  // Those that went live before there was such a clock go on without.
  const clock =
    status === 'authorised' && family === 'account-access' && patched('reconfirmation-clock')
      ? await openReconfirmationClock(input)
      : neverLooks;
  const isAsked = () => desk.hasNext() || revoked || reconfirmed;

  for (;;) {
    const isLookNext = clock.nextLookMs < (deadlineMs ?? Number.POSITIVE_INFINITY);
    const untilMs = isLookNext ? clock.nextLookMs : deadlineMs;
    if (!(await happensBefore(isAsked, untilMs, input.clockRecheckMs)) && !isLookNext) break;
    if (revoked) return await endAs('revoked', 'Revoked at the bank by its customer.');
    if (!desk.hasNext()) {
      reconfirmed = false;
      await clock.look();
      continue;
    }
    const ticket = await desk.next();
    const before = status;
    status = await serve(ticket);
    if (status === 'deleted') return await endAs('deleted', 'Deleted on request.');
    if (before === 'authorised' && ticket.kind === 'authorise') reconfirmed = true;
    if (before === 'authorised' || status !== 'authorised') continue;
    if (isSingleUse(family)) {
      await desk.close(turnAway);
      standAt(status, 'Authorised by the customer; the payment journey goes on from here.');
      return { status: 'authorised' };
    }
    return await goOnLive();
  }
  if (status === 'authorised') return await endAs('expired', 'The consent has reached its end.');
  return await endAs('abandoned', 'The customer never came back from the bank.');

  /** The noisy part is over: an idle consent should cost a handful of events. */
  async function goOnLive(): Promise<ConsentResult> {
    // Whoever asks meanwhile is answered here: the next run would not know of them.
    for (;;) {
      await condition(() => desk.hasNext() || allHandlersFinished());
      if (!desk.hasNext()) break;
      status = await serve(await desk.next());
      if (status === 'deleted') return await endAs('deleted', 'Deleted on request.');
    }
    standAt('authorised', 'Live: authorised by the customer, tokens are refreshed when readers need them.');
    return await continueAsNew<typeof consent>({
      ...input,
      status: 'authorised',
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
  }

  /** Does what was asked and says how the consent stands then. A failure goes to whoever asked and changes nothing. */
  async function serve(ticket: Ticket<ConsentRequests>): Promise<ConsentStatus> {
    try {
      switch (ticket.kind) {
        case 'upload':
          if (status === 'awaiting-upload')
            await safely.uploadPaymentFile({ ...reference, ...ticket.request });
          ticket.answer(undefined);
          if (status !== 'awaiting-upload') return status;
          standAt(
            'awaiting-authorisation',
            'The bank has the file; waiting for the customer to come back from it.',
          );
          return 'awaiting-authorisation';
        case 'authorise':
          await once.completeAuthorisation({ ...reference, ...ticket.request });
          ticket.answer(undefined);
          return 'authorised';
        case 'refresh':
          ticket.answer(await once.refreshGrant({ ...reference, ...ticket.request }));
          return status;
        case 'delete':
          await safely.deleteConsent({ ...reference, ...ticket.request });
          ticket.answer(undefined);
          return 'deleted';
        default:
          return ticket satisfies never;
      }
    } catch (error) {
      ticket.refuse(error);
      return status;
    }
  }

  async function endAs(end: ConsentResult['status'], text: string): Promise<ConsentResult> {
    await records.recordConsentEnd({ ...reference, status: end });
    status = end;
    standAt(end, text);
    await desk.close(turnAway);
    return { status: end };
  }

  function turnAway(ticket: Ticket<ConsentRequests>): void {
    if (ticket.kind === 'delete' && status === 'deleted') ticket.answer(undefined);
    else ticket.refuse(notUsable('consent-not-usable'));
  }
}
