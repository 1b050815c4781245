// Bad answers that are a matter of status line and headers.
import { type BadShape, headOf, type Step } from './shape.ts';

export const heads: BadShape[] = [
  {
    name: 'header-huge',
    is: 'A header of a megabyte.',
    answer: (good) => ({
      steps: [
        headOf(good, { 'x-filler': 'x'.repeat(1_048_576), 'content-length': good.body.length }),
        good.body,
      ],
    }),
  },
  {
    name: 'header-broken',
    is: 'A line among the headers that is none.',
    answer: (good) => ({
      steps: [
        `HTTP/1.1 200 OK\r\nthis is no header\r\ncontent-length: ${good.body.length}\r\n\r\n`,
        good.body,
      ],
    }),
  },
  {
    name: 'not-http',
    is: 'The greeting of another protocol.',
    answer: () => ({ steps: ['SSH-2.0-OpenSSH_9.9\r\n'] }),
  },
  {
    name: 'http-1-0',
    is: 'HTTP 1.0 without a length: the body ends with the connection, which is legal.',
    answer: (good) => ({ steps: [headOf(good, {}, `HTTP/1.0 ${good.status} OK`), good.body] }),
  },
  {
    name: 'informed-first',
    is: 'A 100, a 102 and a 103 ahead of the answer, which is legal.',
    answer: (good) => ({
      steps: [
        'HTTP/1.1 100 Continue\r\n\r\n',
        'HTTP/1.1 102 Processing\r\n\r\n',
        'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n',
        headOf(good, { 'content-length': good.body.length }),
        good.body,
      ],
    }),
  },
  {
    name: 'informed-endlessly',
    is: 'One 102 after the other, for half a minute.',
    endless: true,
    answer: () => ({ steps: processing() }),
  },
  {
    name: 'upgraded',
    is: 'A 101 into a protocol that nobody asked for.',
    answer: () => ({
      steps: [
        'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: gossip\r\n\r\n',
        '\u0000\u0001',
      ],
    }),
  },
  {
    name: 'status-unknown',
    is: 'A status that nobody has published, 799.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': good.body.length }, 'HTTP/1.1 799 What'), good.body],
    }),
  },
  {
    name: 'no-content-type',
    is: 'A good body under no content type.',
    answer: () => ({ headers: { 'content-type': null } }),
  },
  {
    name: 'wrong-content-type',
    is: 'A good body that is said to be a picture.',
    answer: () => ({ headers: { 'content-type': 'image/png' } }),
  },
  {
    name: 'signature-junk',
    is: 'A message signature that is none, where none is expected.',
    answer: () => ({ headers: { 'x-jws-signature': 'not..a.signature' } }),
  },
  {
    name: 'interaction-id-foreign',
    is: 'The interaction id of another conversation.',
    answer: () => ({ headers: { 'x-fapi-interaction-id': '00000000-0000-4000-8000-000000000000' } }),
  },
  {
    name: 'interaction-id-missing',
    is: 'No interaction id.',
    answer: () => ({ headers: { 'x-fapi-interaction-id': null } }),
  },
];

function* processing(): Generator<Step> {
  for (let count = 0; count < 600; count += 1) {
    yield 'HTTP/1.1 102 Processing\r\n\r\n';
    yield { waitMs: 50 };
  }
}
