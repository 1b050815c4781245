// Remittance information: in v3.1 one reference and one text, in v4.0 lists of structured and unstructured elements.
import { atMostCharacters, atMostElements } from './limits.ts';
import { isObject, type JsonObject, replaced } from './translate.ts';
import type { Walk } from './walk.ts';

export function structuredReference(reference: string): JsonObject {
  return { Structured: [{ CreditorReferenceInformation: { Reference: reference } }] };
}

export const remittanceToVersion4 = replaced({
  Reference: (reference) =>
    typeof reference === 'string' ? structuredReference(reference) : { Reference: reference },
  Unstructured: (text) => ({ Unstructured: typeof text === 'string' ? [text] : text }),
});

export const remittanceToVersion3 = replaced({
  Structured: (elements, walk) => {
    if (!Array.isArray(elements)) return { Structured: elements };
    atMostElements(1)(elements, walk);
    walk.enter(0);
    const reference = referenceIn(elements[0] ?? {}, walk);
    walk.leave();
    return reference === undefined ? {} : { Reference: reference };
  },
  Unstructured: (texts, walk) => {
    if (!Array.isArray(texts)) return { Unstructured: texts };
    return texts.length === 0 ? {} : { Unstructured: atMostCharacters(140)(texts.join(' '), walk) };
  },
});

const noMember = 'v3.1 carries nothing of structured remittance but a creditor reference';

function referenceIn(element: unknown, walk: Walk): unknown {
  const { CreditorReferenceInformation: information = {}, ...others } = objectAt(element, walk);
  refuseAll(others, walk);
  walk.enter('CreditorReferenceInformation');
  const { Reference, Code, ...more } = objectAt(information, walk);
  refuseAll(more, walk);
  // "Structured communication reference provided by the creditor" is what the reference of v3.1 is by definition.
  if (Code !== undefined && Code !== 'SCOR') refuseAll({ Code }, walk);
  walk.leave();
  return Reference;
}

function objectAt(value: unknown, walk: Walk): JsonObject {
  if (!isObject(value)) throw walk.refusal(noMember);
  return value;
}

function refuseAll(given: JsonObject, walk: Walk): void {
  const first = Object.keys(given).find((name) => given[name] !== undefined);
  if (first !== undefined) throw walk.refusal(noMember, first);
}
