// Client registration: ask the bank to know us as a client, keep what it answered, and end it when told to.
// OpenID Connect Dynamic Client Registration as profiled by UK Open Banking (DCR 3.3).
import { allHandlersFinished, condition, defineQuery, defineUpdate, setHandler } from '@temporalio/workflow';
import { onceOnly, records, repeatable } from './activity-options.ts';
import {
  type ClientRegistrationInput,
  type ClientRegistrationResult,
  type ClientRegistrationStatus,
  type DeleteRegistrationAnswer,
  type DeleteRegistrationRequest,
  clientRegistrationNames as names,
  type UpdateRegistrationRequest,
} from './contracts/client-registration.ts';
import { failureOf } from './steps/failure-of.ts';
import { notUsable } from './steps/not-usable.ts';
import { openRequestDesk } from './steps/request-desk.ts';
import { standAt } from './steps/standing.ts';

const registerClient = defineUpdate<void>(names.registerClient);
const updateRegistration = defineUpdate<void, [UpdateRegistrationRequest]>(names.updateRegistration);
const deleteRegistration = defineUpdate<DeleteRegistrationAnswer, [DeleteRegistrationRequest]>(
  names.deleteRegistration,
);
const statusQuery = defineQuery<ClientRegistrationStatus>(names.status);

export async function clientRegistration(input: ClientRegistrationInput): Promise<ClientRegistrationResult> {
  const { tenant, registrationId, bank } = input;
  const reference = { tenant, registrationId };
  const safely = repeatable(bank);
  const once = onceOnly(bank);
  const desk = openRequestDesk<{
    update: { takes: UpdateRegistrationRequest; gives: undefined };
    delete: { takes: DeleteRegistrationRequest; gives: DeleteRegistrationAnswer };
  }>();
  let status: ClientRegistrationStatus = 'registering';
  const moveTo = (next: ClientRegistrationStatus, text: string) => {
    status = next;
    standAt(next, text);
  };

  const registration = register();
  setHandler(registerClient, () => registration);
  setHandler(updateRegistration, (request) => desk.ask('update', request));
  setHandler(deleteRegistration, (request) => desk.ask('delete', request));
  setHandler(statusQuery, () => status);

  try {
    await registration;
  } catch (error) {
    await records.recordFailure({ tenant, registrationId, failure: failureOf(error) });
    moveTo('failed', 'The bank did not register us. The failure says why.');
    await condition(allHandlersFinished);
    throw error;
  }
  moveTo('registered', `Registered as a client of ${bank}.`);

  for (;;) {
    const ticket = await desk.next();
    try {
      if (ticket.kind === 'update') {
        await safely.updateRegistration({ ...reference, ...ticket.request });
        ticket.answer(undefined);
        continue;
      }
      const answer = await safely.deleteRegistration({ ...reference, ...ticket.request });
      // An earlier version of the step answered nothing.
      ticket.answer({ leftAtBank: answer?.leftAtBank === true });
    } catch (error) {
      ticket.refuse(error);
      continue;
    }
    moveTo('deleted', 'The registration has been deleted.');
    await desk.close((late) => late.refuse(notUsable('registration-not-usable')));
    return { status: 'deleted' };
  }

  async function register(): Promise<void> {
    await safely.prepareRegistration(reference);
    await once.registerClientAtBank(reference);
  }
}
