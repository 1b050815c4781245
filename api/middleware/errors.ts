// Turns whatever a route throws into a problem document, and tells the log about what is our own fault.
import type { ErrorHandler, NotFoundHandler } from 'hono';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { plainInteractionId } from '../interaction-id.ts';
import { Problem, problemResponse, toProblem } from '../problem.ts';

export function problemHandler(log: ApiDeps['log']): ErrorHandler<ApiEnv> {
  return (error, c) => {
    const problem = toProblem(error);
    logProblem(log, problem, c.var.correlationId);
    c.set('interactionId', plainInteractionId(problem.options.members?.endpointFapiInteractionId));
    return problemResponse(problem, c.var.correlationId);
  };
}

export const routeNotFound: NotFoundHandler<ApiEnv> = (c) =>
  problemResponse(new Problem('route-not-found'), c.var.correlationId);

/** Codes and places only: the message of an error that nobody expected may quote what it choked on. */
export function logProblem(log: ApiDeps['log'], problem: Problem, correlationId: string): void {
  const line = { correlationId, problem: problem.code, status: problem.status };
  if (problem.code !== 'internal-error') {
    log[problem.status >= 500 ? 'warn' : 'debug'](line, 'refused');
    return;
  }
  const { cause } = problem.options;
  const stack =
    cause instanceof Error ? cause.stack?.split('\n').filter((at) => /^\s+at /.test(at)) : undefined;
  log.error(
    { ...line, errorName: cause instanceof Error ? cause.name : typeof cause, stack },
    'internal error',
  );
}
