// What a bank answers to a registration, brought into the form of version 3.3.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import {
  type RegistrationResponse,
  registrationResponse,
} from '../standards/uk-open-banking/client-registration.ts';
import { BankError } from './bank-error.ts';
import type { HttpAnswer } from './http.ts';
import { isObject, isSuccess, oauthRefusal, readJson } from './refusal.ts';

type Choices = Pick<ResolvedProfile['registration'], 'answerScope' | 'answerTimes'>;

/** Banks have registered clients since 2017; nothing is issued for longer than a century. */
const earliestSeconds = Date.UTC(2017, 0) / 1000;
const centurySeconds = 100 * 366 * 86_400;

/** @throws {BankError} */
export function readRegistrationAnswer(
  answer: HttpAnswer,
  choices: Choices,
  clock: Clock,
): RegistrationResponse {
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const refuse = (what: string) => {
    const { method, url, status: httpStatus } = answer;
    return new BankError(what, { kind: 'invalid-response', sent: 'answered', method, url, httpStatus });
  };
  const parsed = registrationResponse.safeParse(
    inSeconds(withScopeAsText(readJson(answer), choices), choices),
  );
  if (!parsed.success) throw refuse("The bank's answer to the registration cannot be used.");
  const latestSeconds = clock.nowMs() / 1000 + centurySeconds;
  for (const name of timeNames) {
    const seconds = parsed.data[name];
    if (typeof seconds !== 'number') continue;
    if (seconds < earliestSeconds || seconds > latestSeconds)
      throw refuse(`The time ${name} in the bank's answer to the registration cannot be.`);
  }
  return parsed.data;
}

const timeNames = ['iat', 'exp', 'client_id_issued_at'] as const;

function withScopeAsText(body: unknown, { answerScope }: Choices): unknown {
  if (answerScope === 'text' || !isObject(body) || !Array.isArray(body.scope)) return body;
  return { ...body, scope: body.scope.join(' ') };
}

function inSeconds(body: unknown, { answerTimes }: Choices): unknown {
  if (!isObject(body)) return body;
  const times = timeNames.flatMap((name) => {
    const value = body[name];
    const isMilliseconds = answerTimes[name] === 'milliseconds' && typeof value === 'number';
    return isMilliseconds ? [[name, Math.floor(value / 1000)] as const] : [];
  });
  return { ...body, ...Object.fromEntries(times) };
}
