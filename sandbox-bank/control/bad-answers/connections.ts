// Bad answers that are a matter of bytes: how fast they come, how many, and where they stop.
import { type BadShape, chunkOf, type GoodAnswer, headOf, reset, type Step } from './shape.ts';

const aDay = { waitMs: 86_400_000 };
const chunked = { 'transfer-encoding': 'chunked' };

export const connections: BadShape[] = [
  {
    name: 'slow-bytes',
    is: 'The head comes at once, then one byte of the body every fifty milliseconds.',
    endless: true,
    answer: (good) => ({ steps: dripping(good) }),
  },
  {
    name: 'silence',
    is: 'The request is taken, and nothing ever comes.',
    endless: true,
    answer: () => ({ steps: [aDay] }),
  },
  {
    name: 'head-then-silence',
    is: 'The head comes, and the body never does.',
    endless: true,
    answer: (good) => ({ steps: [headOf(good, { 'content-length': good.body.length || 2 }), aDay] }),
  },
  {
    name: 'endless-body',
    is: 'A list that never ends, as fast as it is taken.',
    endless: true,
    answer: (good) => ({ steps: unending(good) }),
  },
  {
    name: 'endless-headers',
    is: 'Header after header, and no body.',
    endless: true,
    answer: () => ({ steps: headers() }),
  },
  {
    name: 'truncated',
    is: 'Half of the bytes that were announced, then the end.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': good.body.length || 2 }), half(good)],
    }),
  },
  {
    name: 'reset-mid-body',
    is: 'Half of the bytes, then the connection is reset.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': good.body.length || 2 }), half(good), { waitMs: 20 }, reset],
    }),
  },
  {
    name: 'reset-unanswered',
    is: 'The connection is reset in place of an answer.',
    answer: () => ({ steps: [reset] }),
  },
  {
    name: 'closed-unanswered',
    is: 'The connection ends in place of an answer.',
    answer: () => ({ steps: [] }),
  },
  {
    name: 'chunks-cut',
    is: 'Chunks, and an end without the last one.',
    answer: (good) => ({ steps: [headOf(good, chunked), chunkOf(good.body)] }),
  },
  {
    name: 'chunk-size-nonsense',
    is: 'A chunk whose size is no number.',
    answer: (good) => ({ steps: [headOf(good, chunked), `many\r\n`, good.body, '\r\n0\r\n\r\n'] }),
  },
  {
    name: 'chunk-size-huge',
    is: 'A chunk that announces more bytes than there are.',
    answer: (good) => ({ steps: [headOf(good, chunked), 'fffffffffffffff0\r\n', good.body] }),
  },
  {
    name: 'chunks-of-one-byte',
    is: 'Every byte a chunk with an extension, and trailers behind: all of it legal.',
    answer: (good) => ({ steps: [headOf(good, chunked), single(good), '0\r\nx-trailer: behind\r\n\r\n'] }),
  },
  {
    name: 'length-too-short',
    is: 'More bytes than the length says.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': Math.floor(good.body.length / 2) }), good.body],
    }),
  },
  {
    name: 'length-too-long',
    is: 'Fewer bytes than the length says, and a connection that stays open.',
    endless: true,
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': good.body.length + 1000 }), good.body, aDay],
    }),
  },
  {
    name: 'two-lengths',
    is: 'Two lengths that contradict each other.',
    answer: (good) => ({
      steps: [
        headOf(good, { 'content-length': good.body.length, 'Content-Length': good.body.length + 7 }),
        good.body,
      ],
    }),
  },
  {
    name: 'length-and-chunks',
    is: 'A length and chunks at once, as smugglers send them.',
    answer: (good) => ({
      steps: [headOf(good, { 'content-length': 3, ...chunked }), chunkOf(good.body), '0\r\n\r\n'],
    }),
  },
  {
    name: 'answered-twice',
    is: 'Two answers to one request, the second with somebody else’s word.',
    answer: (good) => {
      const other =
        '{"Data":{"Account":[{"AccountId":"somebody-else"}]},"Links":{"Self":"https://else.example/"},"Meta":{}}';
      return {
        steps: [
          headOf(good, { 'content-length': good.body.length }),
          good.body,
          headOf(good, { 'content-length': other.length }),
          other,
        ],
      };
    },
  },
];

function half({ body }: GoodAnswer): Buffer {
  return body.length === 0 ? Buffer.from('{') : body.subarray(0, Math.floor(body.length / 2));
}

function* dripping(good: GoodAnswer): Generator<Step> {
  yield headOf(good, { 'content-length': good.body.length || 2 });
  for (const byte of good.body) {
    yield Buffer.of(byte);
    yield { waitMs: 50 };
  }
  yield aDay;
}

function* unending(good: GoodAnswer): Generator<Step> {
  yield headOf(good, chunked);
  yield chunkOf('{"Data":{"List":[');
  const items = chunkOf('{"Name":"one more"},'.repeat(3_000));
  for (;;) yield items;
}

function* headers(): Generator<Step> {
  yield 'HTTP/1.1 200 OK\r\n';
  for (let number = 0; ; number += 1) yield `x-filler-${number}: ${'x'.repeat(500)}\r\n`;
}

function single({ body }: GoodAnswer): Buffer {
  return Buffer.concat(
    [...body].map((byte) =>
      Buffer.concat([Buffer.from('1;odd="yes"\r\n'), Buffer.of(byte), Buffer.from('\r\n')]),
    ),
  );
}
