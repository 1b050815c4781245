// Bad answers that are a matter of the text: no JSON, too much of it, or not the kind that was promised.
import type { BadShape, GoodAnswer } from './shape.ts';

const html = '<!doctype html><html><body><h1>Scheduled maintenance</h1></body></html>';

export const texts: BadShape[] = [
  { name: 'empty-body', is: 'Nothing, under the right content type.', answer: () => ({ body: '' }) },
  { name: 'white-space', is: 'White space alone.', answer: () => ({ body: ' \r\n\t '.repeat(100) }) },
  {
    name: 'html-200',
    is: 'A page, said to be one, with success.',
    answer: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: html }),
  },
  { name: 'html-as-json', is: 'A page that is said to be JSON.', answer: () => ({ body: html }) },
  {
    name: 'cut-json',
    is: 'JSON that stops in the middle, at the right length.',
    answer: ({ body }) => ({ body: body.subarray(0, Math.floor(body.length / 2)) }),
  },
  {
    name: 'trailing-text',
    is: 'Good JSON, and words behind it.',
    answer: ({ body }) => ({ body: `${body}\n-- end of report --` }),
  },
  { name: 'two-documents', is: 'Good JSON twice.', answer: ({ body }) => ({ body: `${body}${body}` }) },
  {
    name: 'not-a-number',
    is: 'NaN and Infinity, which JSON does not have.',
    answer: (good) => ({ body: withMember(good, '"Rate":NaN,"Limit":-Infinity') }),
  },
  {
    name: 'raw-control-characters',
    is: 'A line break and a bell inside a word.',
    answer: (good) => ({ body: withMember(good, '"Note":"one\n\u0007two"') }),
  },
  {
    name: 'lone-surrogates',
    is: 'Half a character, properly escaped.',
    answer: (good) => ({ body: withMember(good, '"Note":"\\ud800 and \\udfff"') }),
  },
  { name: 'null-body', is: 'The word null.', answer: () => ({ body: 'null' }) },
  { name: 'bare-string', is: 'A word in place of an object.', answer: () => ({ body: '"OK"' }) },
  { name: 'bare-array', is: 'An array around the object.', answer: ({ body }) => ({ body: `[${body}]` }) },
  {
    name: 'deep-json',
    is: 'A hundred thousand arrays, one in the other.',
    answer: () => ({ body: nested(100_000) }),
  },
  {
    name: 'deep-member',
    is: 'A good body with a member that is nested fifty thousand times.',
    answer: (good) => ({ body: withMember(good, `"Extra":${nested(50_000)}`) }),
  },
  {
    name: 'huge-json',
    is: 'A good body with thirty-two megabytes of another member.',
    answer: (good) => ({ body: withMember(good, `"Filler":"${'x'.repeat(32 * 1_048_576)}"`) }),
  },
  {
    name: 'many-members',
    is: 'A good body with a hundred thousand other members.',
    answer: (good) => ({
      body: withMember(good, Array.from({ length: 100_000 }, (_, index) => `"M${index}":${index}`).join(',')),
    }),
  },
  {
    name: 'duplicate-keys',
    is: 'Every member of the body twice, null first.',
    answer: (good) => ({
      body: withMember(
        good,
        membersOf(good)
          .map((name) => `${JSON.stringify(name)}:null`)
          .join(','),
      ),
    }),
  },
  {
    name: 'proto-members',
    is: 'Members that would change how objects work: __proto__, constructor and prototype.',
    answer: (good) => ({
      body: withMember(
        good,
        '"__proto__":{"isAdmin":true,"Data":{}},"constructor":{"prototype":{"isAdmin":true}},"prototype":1,"toString":1,"toJSON":1,"hasOwnProperty":1',
      ),
    }),
  },
];

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** A member ahead of the others, as it stands; where there is no object, an object of it alone. */
function withMember({ body, json }: GoodAnswer, member: string): string {
  if (!isObject(json)) return `{${member}}`;
  const rest = body.toString().trimStart().slice(1);
  return `{${member}${Object.keys(json).length === 0 || member === '' ? '' : ','}${rest}`;
}

function membersOf({ json }: GoodAnswer): string[] {
  return isObject(json) ? Object.keys(json) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
