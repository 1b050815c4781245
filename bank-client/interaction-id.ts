// Under which id a bank knows a call.
import { interactionIdHeader, isInteractionId } from '../standards/uk-open-banking/interaction-id.ts';
import type { HttpAnswer } from './http.ts';

/** The one that the answer names, else ours. */
export function interactionIdOf<Own>({ headers }: Pick<HttpAnswer, 'headers'>, own: Own): string | Own {
  const named = headers[interactionIdHeader];
  return named !== undefined && isInteractionId(named) ? named : own;
}
