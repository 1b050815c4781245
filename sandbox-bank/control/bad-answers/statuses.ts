// Bad answers that are a matter of status: refusals and failures as banks really send them, and successes that are none.
import { type BadShape, type GoodAnswer, headOf } from './shape.ts';

const page = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';
const asHtml = { 'content-type': 'text/html' };
const asJson = { 'content-type': 'application/json; charset=utf-8' };
const oneError = (code: string, message: string) =>
  JSON.stringify({
    Code: code,
    Id: 'b9f5',
    Message: message,
    Errors: [{ ErrorCode: code, Message: message }],
  });

/** Without a body, as published. */
const bare = (status: number): BadShape => ({
  name: `${status}-bare`,
  is: `A ${status} without a body.`,
  answer: () => without(status),
});

const throttled = (name: string, is: string, retryAfter: string | null): BadShape => ({
  name: `429-${name}`,
  is: `A 429 ${is}.`,
  answer: () => without(429, { 'retry-after': retryAfter }),
});

export const statuses: BadShape[] = [
  { name: '204-bare', is: 'Success without content, where content belongs.', answer: () => without(204) },
  {
    name: '204-with-body',
    is: 'Success without content, with content.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': good.body.length }, 'HTTP/1.1 204 No Content'), good.body],
    }),
  },
  {
    name: '206-part',
    is: 'A part of the content, which nobody asked for.',
    answer: ({ body }) => ({
      status: 206,
      headers: { 'content-range': `bytes 0-9/${body.length}` },
      body: body.subarray(0, 10),
    }),
  },
  {
    name: '302-elsewhere',
    is: 'A redirect to another host.',
    answer: () => without(302, { location: 'https://elsewhere.example/sign-in' }),
  },
  {
    name: '307-loop',
    is: 'A redirect to the same address.',
    answer: ({ request }) => without(307, { location: request.url }),
  },
  { name: '304-bare', is: 'Not modified, though nobody asked.', answer: () => without(304) },
  { name: '400-bare', is: 'A 400 without a body.', answer: () => without(400) },
  {
    name: '400-echo',
    is: 'A 400 that repeats the token it was asked with.',
    answer: ({ request }) => ({
      status: 400,
      headers: asJson,
      body: oneError('U002', `bad request with ${request.authorization}`),
    }),
  },
  {
    name: '400-huge',
    is: 'A 400 of two megabytes.',
    answer: () => ({ status: 400, headers: asJson, body: oneError('U002', 'wrong '.repeat(174_763)) }),
  },
  {
    name: '400-errors-no-list',
    is: 'A 400 whose errors are a word.',
    answer: () => ({ status: 400, headers: asJson, body: '{"Code":400,"Errors":"many"}' }),
  },
  bare(401),
  {
    name: '401-page',
    is: 'A 401 with a page.',
    answer: () => ({ status: 401, headers: asHtml, body: page }),
  },
  bare(403),
  {
    name: '403-unknown-code',
    is: 'A 403 with a code that nobody has published.',
    answer: () => ({ status: 403, headers: asJson, body: oneError('SBX.NotToday', 'not today') }),
  },
  bare(404),
  bare(405),
  bare(406),
  bare(415),
  throttled('in-seconds', 'that says how many seconds to wait', '7'),
  throttled('until', 'that says until when to wait', 'Fri, 31 Dec 2027 23:59:59 GMT'),
  throttled('unsaid', 'that does not say how long to wait', null),
  throttled('nonsense', 'that says how long to wait in words', 'a while'),
  throttled('for-ever', 'that says to wait for thirty thousand years', '999999999999'),
  {
    name: '500-described',
    is: 'A 500 as published.',
    answer: () => ({ status: 500, headers: asJson, body: oneError('U000', 'the bank failed') }),
  },
  { name: '500-bare', is: 'A 500 without a body.', answer: () => without(500) },
  { name: '500-with-success', is: 'A 500 with the body of a success.', answer: () => ({ status: 500 }) },
  {
    name: '502-page',
    is: 'A 502 with a page of the gateway.',
    answer: () => ({ status: 502, headers: asHtml, body: page }),
  },
  {
    name: '503-in-seconds',
    is: 'A 503 that says how many seconds to wait.',
    answer: () => ({
      status: 503,
      headers: { ...asJson, 'retry-after': '3' },
      body: '{"Message":"maintenance"}',
    }),
  },
  {
    name: '503-page',
    is: 'A 503 with a page and nothing else.',
    answer: () => ({ status: 503, headers: asHtml, body: page }),
  },
  {
    name: '200-with-errors',
    is: 'Success with the body of a refusal.',
    answer: () => ({ status: 200, headers: asJson, body: oneError('U009', 'the consent is not authorised') }),
  },
];

function without(status: number, headers: Record<string, string | null> = {}) {
  return { status, headers: { 'content-type': null, ...headers }, body: '' } satisfies ReturnType<
    Extract<BadShape['answer'], (good: GoodAnswer) => unknown>
  >;
}
