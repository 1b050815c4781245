// How a bank's answer is handed on: as it came, links aside, with the interaction id beside it.
import { type LinkRewriting, withOwnLinks, withoutQuery } from './links.ts';

interface Answered {
  body: unknown;
  interactionId: string | null;
  url: string;
  warnings?: string[];
}

export interface ExternalApiMembers {
  ExternalApiResponse: unknown;
  ExternalApiResponseInfo: { XFapiInteractionId: string | null };
  Warnings?: string[];
}

export function externalApiMembers(
  answer: Answered,
  { ownUrl, allowQuery, createdId }: Pick<LinkRewriting, 'ownUrl' | 'allowQuery'> & { createdId?: string },
): ExternalApiMembers {
  const called = withoutQuery(answer.url);
  // The answer to a POST links to the object that it made.
  const bankUrl = createdId === undefined ? called : `${called}/${createdId}`;
  const { body, warnings: ofLinks } = withOwnLinks(answer.body, { bankUrl, ownUrl, allowQuery });
  const warnings = [...(answer.warnings ?? []), ...ofLinks];
  return {
    ExternalApiResponse: body,
    ExternalApiResponseInfo: { XFapiInteractionId: answer.interactionId },
    ...(warnings.length === 0 ? {} : { Warnings: warnings }),
  };
}
