// `x-fapi-interaction-id`: the id under which a bank knows a call. It goes into logs, records and histories, so that it must
// not be anything else. Banks echo ours, or send one of their own, which may be anything.

export const interactionIdHeader = 'x-fapi-interaction-id';

export const isInteractionId = (text: string): boolean => /^[\w.:-]{1,100}$/.test(text);
