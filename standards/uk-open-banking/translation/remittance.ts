// Remittance information: in v3.1 one reference and one text, in v4.0 lists of structured and unstructured elements.
import { atMostCharacters, atMostElements, refuseAll } from './limits.ts';
import { isObject, type JsonObject, replaced } from './translate.ts';
import type { Walk } from './walk.ts';

function structuredReference(reference: string): JsonObject {
  return { Structured: [{ CreditorReferenceInformation: { Reference: reference } }] };
}

/** Standing orders, which have nothing but a reference in v3.1. */
export const referenceToVersion4 = replaced({
  Reference: (reference) =>
    typeof reference === 'string'
      ? { RemittanceInformation: structuredReference(reference) }
      : { Reference: reference },
});

export const referenceToVersion3 = replaced({
  RemittanceInformation: (remittance, walk) => {
    const translated = remittanceToVersion3(remittance, walk);
    if (!isObject(translated)) return { RemittanceInformation: remittance };
    const { Reference, ...others } = translated;
    refuseAll(others, 'v3.1 carries nothing but a creditor reference in a standing order', walk);
    return Reference === undefined ? {} : { Reference };
  },
});

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
  refuseAll(others, noMember, walk);
  walk.enter('CreditorReferenceInformation');
  const { Reference, Code, ...more } = objectAt(information, walk);
  refuseAll(more, noMember, walk);
  // "Structured communication reference provided by the creditor" is what the reference of v3.1 is by definition.
  if (Code !== undefined && Code !== 'SCOR') refuseAll({ Code }, noMember, walk);
  walk.leave();
  return Reference;
}

function objectAt(value: unknown, walk: Walk): JsonObject {
  if (!isObject(value)) throw walk.refusal(noMember);
  return value;
}
