// Remittance information: in v3.1 one reference and one text, in v4.0 lists of structured and unstructured elements.
import { CannotTranslate } from './cannot-translate.ts';
import { atMostCharacters, atMostElements } from './limits.ts';
import { isObject, type JsonObject, pathOf, replaced } from './translate.ts';

export const remittanceToVersion4 = replaced({
  Reference: (reference) =>
    typeof reference === 'string'
      ? { Structured: [{ CreditorReferenceInformation: { Reference: reference } }] }
      : { Reference: reference },
  Unstructured: (text) => ({ Unstructured: typeof text === 'string' ? [text] : text }),
});

export const remittanceToVersion3 = replaced({
  Structured: (elements, path) => {
    if (!Array.isArray(elements)) return { Structured: elements };
    atMostElements(1)(elements, path);
    const reference = referenceIn(elements[0] ?? {}, `${path}[0]`);
    return reference === undefined ? {} : { Reference: reference };
  },
  Unstructured: (texts, path) => {
    if (!Array.isArray(texts)) return { Unstructured: texts };
    return texts.length === 0 ? {} : { Unstructured: atMostCharacters(140)(texts.join(' '), path) };
  },
});

const noMember = 'v3.1 carries nothing of structured remittance but a creditor reference';

function referenceIn(element: unknown, path: string): unknown {
  const { CreditorReferenceInformation: information = {}, ...others } = objectAt(element, path);
  refuseAll(others, path);
  const informationPath = pathOf(path, 'CreditorReferenceInformation');
  const { Reference, Code, ...more } = objectAt(information, informationPath);
  refuseAll(more, informationPath);
  // "Structured communication reference provided by the creditor" is what the reference of v3.1 is by definition.
  if (Code !== undefined && Code !== 'SCOR') refuseAll({ Code }, informationPath);
  return Reference;
}

function objectAt(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw new CannotTranslate(path, noMember);
  return value;
}

function refuseAll(given: JsonObject, path: string): void {
  const first = Object.keys(given).find((name) => given[name] !== undefined);
  if (first !== undefined) throw new CannotTranslate(pathOf(path, first), noMember);
}
