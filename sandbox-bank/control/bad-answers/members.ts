// Bad answers that are a matter of members: what is missing, null, of another type, or never heard of. Each changes one
// place and says which; where the body has no such place, it stays as it was.
import { type Place, placesIn } from './places.ts';
import type { BadShape, Changed, GoodAnswer } from './shape.ts';

export const members: BadShape[] = [
  {
    name: 'data-missing',
    is: 'No Data.',
    answer: { change: (json) => (delete json.Data ? 'Data' : undefined) },
  },
  { name: 'data-null', is: 'Data is null.', answer: replaceTop('Data', null) },
  { name: 'data-array', is: 'Data is an array.', answer: replaceTop('Data', []) },
  { name: 'list-missing', is: 'The list is not there.', answer: atFirst(isList, remove) },
  { name: 'list-null', is: 'The list is null.', answer: atFirst(isList, () => null) },
  { name: 'list-empty', is: 'The list is empty.', answer: atFirst(isList, () => []) },
  {
    name: 'list-object',
    is: 'An object in place of the list.',
    answer: atFirst(isList, (value) => ({ ...[value].flat() })),
  },
  {
    name: 'item-null',
    is: 'Null among the items of the list.',
    answer: atFirst(isList, (value) => [...[value].flat(), null]),
  },
  {
    name: 'item-word',
    is: 'A word among the items of the list.',
    answer: atFirst(isList, (value) => ['nothing', ...[value].flat()]),
  },
  { name: 'required-missing', is: 'A required member is missing.', answer: atFirst(isRequired, remove) },
  { name: 'required-null', is: 'A required member is null.', answer: atFirst(isRequired, () => null) },
  {
    name: 'required-of-another-type',
    is: 'A required member is an object in place of a word.',
    answer: atFirst(isRequired, () => ({ Wrong: true })),
  },
  { name: 'required-empty', is: 'A required word is empty.', answer: atFirst(isRequired, () => '') },
  {
    name: 'optional-of-another-type',
    is: 'An optional member is an object in place of a word.',
    answer: atFirst(isOptional, () => ({ Wrong: true })),
  },
  { name: 'optional-null', is: 'An optional member is null.', answer: atFirst(isOptional, () => null) },
  {
    name: 'unknown-code',
    is: 'A code that nobody has published.',
    answer: atFirst(isCode, () => 'NeverPublished'),
  },
  {
    name: 'additional-members',
    is: 'Members that nobody has published, at every level.',
    answer: { change: addMembers },
  },
  { name: 'amount-as-number', is: 'An amount as a number.', answer: atFirst(isAmount, Number) },
  {
    name: 'amount-malformed',
    is: 'An amount with a sign and separators.',
    answer: atFirst(isAmount, () => '-1,234.50'),
  },
  {
    name: 'date-not-a-date',
    is: 'A date that is none.',
    answer: atFirst(isDate, () => '31/02/2026 noonish'),
  },
  {
    name: 'very-long-word',
    is: 'A word of a megabyte.',
    answer: atFirst(isOptional, () => 'long '.repeat(209_715)),
  },
  {
    name: 'very-large-number',
    is: 'A number with three hundred digits, where a word belongs.',
    answer: { change: largeNumber },
  },
];

type Test = (place: Place) => boolean;

const isInData: Test = ({ path }) => path.startsWith('Data');
const isWord: Test = ({ value, schema }) => typeof value === 'string' && schema.type === 'string';

function isList(place: Place): boolean {
  return isInData(place) && Array.isArray(place.value);
}

function isRequired(place: Place): boolean {
  return isInData(place) && place.required && isWord(place);
}

function isOptional(place: Place): boolean {
  return isInData(place) && !place.required && isWord(place) && place.schema.enum === undefined;
}

function isCode(place: Place): boolean {
  return isInData(place) && isWord(place) && place.schema.enum !== undefined;
}

function isAmount(place: Place): boolean {
  return isInData(place) && isWord(place) && place.key === 'Amount';
}

function isDate(place: Place): boolean {
  return isInData(place) && isWord(place) && place.schema.format === 'date-time';
}

const gone = Symbol('gone');

function remove(): unknown {
  return gone;
}

function atFirst(test: Test, make: (value: unknown) => unknown): Changed {
  return {
    change(json, answer) {
      const place = placesIn(answer, json).find(test);
      if (!place) return undefined;
      const made = make(place.value);
      if (made === gone) delete place.holder[place.key];
      else place.holder[place.key] = made;
      return place.path;
    },
  };
}

function replaceTop(name: string, value: unknown): Changed {
  return {
    change(json) {
      json[name] = value;
      return name;
    },
  };
}

function addMembers(json: Record<string, unknown>, answer: GoodAnswer): string {
  const holders = new Set(placesIn(answer, json).map(({ holder }) => holder));
  for (const holder of [json, ...holders]) {
    Object.assign(holder, { NeverPublished: { Nested: [1, 'two', null] }, 'never published': 'either' });
  }
  return 'NeverPublished';
}

/** Written as a word first: no number that JavaScript has is as long. */
export const largeNumberMark = 'a number of three hundred digits';
function largeNumber(json: Record<string, unknown>, answer: GoodAnswer): string | undefined {
  return atFirst(isOptional, () => largeNumberMark).change(json, answer);
}
