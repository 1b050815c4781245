// Tells the log of operations how a request ended: before the client can know, so that a test that asks next finds it there.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Struck } from './faults.ts';
import type { OperationLog, Outcome } from './operation-log.ts';
import { overhearAnswer } from './overheard.ts';

export interface Watched {
  struck: Struck;
  fault: Fault | undefined;
  request: IncomingMessage;
  response: ServerResponse;
  bodyOf(): Buffer | undefined;
}

/** @returns to be called with the body of an answer that is held back, or with nothing where a fault comes in its place */
export function watch(log: OperationLog, watched: Watched): (body: Buffer) => void {
  const { struck, fault, request, response, bodyOf } = watched;
  const { bank, operation } = struck;
  if (operation === undefined) return () => undefined;
  const { judge } = log;
  const { searchParams: query } = new URL(request.url ?? '/', 'https://bank.invalid');
  const isOwn = fault === undefined || ownAnswers.includes(fault.kind);
  const heard = (body: Buffer) => {
    const { statusCode: status } = response;
    const headers = response.getHeaders();
    log.add(bank, operation, isOwn ? ownOutcome(status) : orderedOutcome(fault), {
      request: judge?.faultsOfRequest(operation, { headers: request.headers, query, body: bodyOf() }),
      answer: isOwn ? judge?.faultsOfAnswer(operation, { status, headers, body }) : undefined,
    });
  };
  if (fault === undefined || fault.kind === 'delay' || fault.kind === 'hold')
    overhearAnswer(response, judge !== undefined, heard);
  return heard;
}

/** The bank's own answer, though it may come late. */
const ownAnswers: Fault['kind'][] = ['delay', 'delay-answer', 'hold', 'hold-answer'];

function ownOutcome(status: number): Outcome {
  return status < 300 ? 'success' : 'refusal';
}

function orderedOutcome({ kind }: Fault): Outcome {
  return kind === 'bad-answer' ? 'bad-answer' : 'fault';
}
