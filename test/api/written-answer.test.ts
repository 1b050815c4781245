// Answers handed on around their links say what they would say written anew, whatever the bank has sent.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { externalApiMembers } from '../../api/external-api-response.ts';
import { writtenAnswer } from '../../api/written-answer.ts';

const bankUrl = 'https://bank/accounts';
const ownUrl = 'http://own/accounts';

function answerTo(text: string | Buffer) {
  const source = Buffer.from(text);
  const members = externalApiMembers(
    { body: JSON.parse(source.toString('utf8')), interactionId: 'id-1', url: bankUrl },
    { ownUrl, allowQuery: true },
  );
  const written = writtenAnswer(members, source);
  return {
    members,
    written,
    isHandedOn: typeof written !== 'string',
    json: JSON.parse(String(decoded(written))),
  };
}
const decoded = (written: string | Uint8Array) =>
  typeof written === 'string' ? written : new TextDecoder('utf-8', { fatal: true }).decode(written);

const same = (members: unknown) => JSON.parse(JSON.stringify(members));

describe('an answer', () => {
  it.each([
    [
      'with its links at the end',
      '{"Data":{"Account":[{"A":"1.10"}]},"Links":{"Self":"https://bank/accounts"},"Meta":{}}',
    ],
    [
      'with spaces',
      '{ "Data" : {} ,\n "Links" : { "Self" : "https://bank/accounts?page=2" } ,\n "Meta": {} }\n',
    ],
    ['with its links last', '{"Data":{},"Links":{}}'],
    ['with braces and quotes in its links', '{"Data":{},"Links":{"Self":"https://bank/accounts?q=}\\"{"}}'],
    [
      'in all languages',
      '{"Data":{"Name":"Zoë 🦊 \\ud83e\\udd8a"},"Links":{"Self":"https://bank/accounts"}}',
    ],
  ])('%s is handed on, its links ours', (_, text) => {
    const { members, json, isHandedOn } = answerTo(text);
    expect([isHandedOn, json]).toEqual([true, same(members)]);
    expect(JSON.stringify(json)).not.toContain('https://bank');
  });

  it('keeps what numbers would lose', () => {
    const { written } = answerTo('{"Data":{"Rate":1.10,"Id":12345678901234567890},"Links":{}}');
    expect(decoded(written)).toContain('{"Data":{"Rate":1.10,"Id":12345678901234567890},"Links":{}}');
  });

  it.each([
    ['without links', '{"Data":{}}'],
    ['with links that are none', '{"Data":{},"Links":"Links"}'],
    ['with links that hold objects', '{"Data":{},"Links":{"Self":{"x":1}}}'],
    ['with links elsewhere alone', '{"Data":{"Links":{"Self":"https://bank/accounts"}}}'],
    ['with links elsewhere at the end', '{"Links":{"Self":"https://bank/accounts"},"Data":{"Links":{}}}'],
    ['with links twice', '{"Links":{"Self":"https://bank/accounts"},"Data":{},"Links":{}}'],
    ['with links spelt otherwise', '{"Data":{},"\\u004cinks":{"Self":"https://bank/accounts"}}'],
    ['with links spelt both ways', '{"Data":{},"Links":{},"\\u004cinks":{"Self":"https://bank/accounts"}}'],
    ['whose links a text speaks of', '{"Data":{"Name":"\\"Links\\":{}"}}'],
    ['with long members after its links', `{"Links":{},"Data":"${'x'.repeat(5_000)}"}`],
    ['that is no UTF-8', Buffer.from('{"Data":{"Name":"Zo\xeb"},"Links":{}}', 'latin1')],
  ])('%s is written anew', (_, text) => {
    const { members, json, isHandedOn } = answerTo(text);
    expect([isHandedOn, json]).toEqual([false, same(members)]);
  });

  it('says the same either way, whatever it is', () => {
    const name = fc.oneof(fc.constantFrom('Links', 'Data', 'Meta', '"Links":{}', '__proto__'), fc.string());
    const link = fc.constantFrom(bankUrl, `${bankUrl}?page=2`, 'https://elsewhere/', '}{"\\');
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        link,
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    })).value;
    const body = fc.dictionary(name, fc.oneof(tree, fc.record({ Self: link, Next: link })), {
      minKeys: 1,
      maxKeys: 5,
    });
    let handedOn = 0;
    fc.assert(
      fc.property(body, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const { members, json, isHandedOn } = answerTo(JSON.stringify(value, null, space));
        handedOn += isHandedOn ? 1 : 0;
        expect(json).toEqual(same(members));
      }),
      { numRuns: 2_000 },
    );
    expect(handedOn).toBeGreaterThan(50);
  });
});
