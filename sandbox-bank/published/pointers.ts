// How a validator finds its way in a published document, and what had to be put right in one first.
import type { PublishedDocument } from './documents.ts';

export function pointerTo(parts: string[]): string {
  const escaped = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
  return `#/${escaped.join('/')}`;
}

/** Of version 4.0: statuses that the text has and the schemas lack, by schema. */
const lackingStatuses: Record<string, readonly string[]> = {
  OBWriteDomesticScheduledResponse5: ['ACCC'],
  OBWriteInternationalResponse5: ['RCVD'],
  OBWriteInternationalScheduledResponse6: ['RCVD', 'CANC'],
  OBWriteFileResponse3: ['RCVD', 'RJCT'],
  OBWritePaymentDetails1: ['RCVD', 'CANC', 'INCO'],
};

/** Of version 4.0: the pattern for payments does not hold for every LEI (ISO 17442). */
const narrowLei = '^[0-9]{4}[0]{2}[A-Z0-9]{12}[0-9]{2}';
const anyLei = '^[A-Z0-9]{18}[0-9]{2}$';

export function withCorrections(name: string, document: PublishedDocument): PublishedDocument {
  if (name !== 'v4.0/payment-initiation') return document;
  const own: PublishedDocument = JSON.parse(
    JSON.stringify(document, (_, value: unknown) => (value === narrowLei ? anyLei : value)),
  );
  for (const [schema, codes] of Object.entries(lackingStatuses))
    for (const list of statusLists(own.components.schemas?.[schema])) list.push(...codes);
  return own;
}

function statusLists(node: unknown): unknown[][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'enum' in node && Array.isArray(node.enum) && node.enum.includes('PDNG') ? [node.enum] : [];
  return [...own, ...Object.values(node).flatMap(statusLists)];
}
