// Bad answers that are a matter of how a body is written: compressed or not, and in which characters.
import { gzipSync } from 'node:zlib';
import type { BadShape, GoodAnswer } from './shape.ts';

export const encodings: BadShape[] = [
  {
    name: 'gzip-bomb',
    is: 'A megabyte that unpacks to a gigabyte.',
    answer: (good) => ({ headers: { 'content-encoding': 'gzip' }, body: bomb(good) }),
  },
  {
    name: 'gzip-claimed',
    is: 'Said to be compressed, and plain.',
    answer: () => ({ headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'gzip-unasked',
    is: 'Compressed, and right, though nobody asked for it.',
    answer: ({ body }) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) }),
  },
  {
    name: 'gzip-cut',
    is: 'Compressed, and cut short at the right length.',
    answer: ({ body }) => {
      const packed = gzipSync(body);
      return { headers: { 'content-encoding': 'gzip' }, body: packed.subarray(0, packed.length - 12) };
    },
  },
  {
    name: 'encoding-unknown',
    is: 'Compressed in a way that nobody has heard of.',
    answer: () => ({ headers: { 'content-encoding': 'x-squash' } }),
  },
  {
    name: 'byte-order-mark',
    is: 'A mark ahead of the first brace.',
    answer: ({ body }) => ({ body: Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), body]) }),
  },
  {
    name: 'utf-16',
    is: 'Two bytes for each character.',
    answer: ({ body }) => ({ body: Buffer.from(`\ufeff${body.toString()}`, 'utf16le') }),
  },
  {
    name: 'invalid-utf-8',
    is: 'Bytes in a word that are no characters.',
    answer: ({ body }) => ({ body: withBytesInAWord(body) }),
  },
];

/** Many files of spaces in a row are one file of spaces. */
let pieces: Buffer | undefined;
function bomb({ body }: GoodAnswer): Buffer {
  pieces ??= gzipSync(Buffer.alloc(16 * 1_048_576, ' '), { level: 9 });
  return Buffer.concat([...Array.from({ length: 64 }, () => pieces ?? Buffer.alloc(0)), gzipSync(body)]);
}

/** Behind the first colon and quote: the first word that is no name. */
function withBytesInAWord(body: Buffer): Buffer {
  const at = body.indexOf(':"') + 2;
  return Buffer.concat([body.subarray(0, at), Buffer.of(0xc3, 0x28, 0xff, 0xfe), body.subarray(at)]);
}
