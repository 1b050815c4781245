// The page that a bank's customer sees on the way back, in plain words. Nothing of what the bank sent appears on it.
import type { ProblemCode } from '../problem-codes.ts';

interface Words {
  title: string;
  text: string;
}

const authorised: Words = {
  title: 'Thank you',
  text: 'Your bank has confirmed your choice. You can close this page and go back to where you came from.',
};

const beginAgain = 'Please go back to where you came from and begin again.';
const later = 'Please go back to where you came from and try again a little later.';

const known: Partial<Record<ProblemCode, Words>> = {
  'authorisation-refused': {
    title: 'You did not agree',
    text: `Your bank tells us that you did not give your agreement. ${beginAgain}`,
  },
  'auth-context-stale': {
    title: 'That took too long',
    text: `For your safety the request has ended. ${beginAgain}`,
  },
  'redirect-already-used': {
    title: 'Already answered',
    text: 'Your bank has answered before. You can close this page.',
  },
  'authorisation-in-progress': {
    title: 'Nearly there',
    text: 'Your bank is taking longer than usual. You can close this page: we go on without it.',
  },
  'not-found': {
    title: 'This link leads nowhere',
    text: `It may have ended, or a part of it is missing. ${beginAgain}`,
  },
  'bank-unavailable': {
    title: 'Your bank does not answer',
    text: 'Please go back and try again a little later.',
  },
  'store-unavailable': { title: 'We cannot do that just now', text: later },
  'journeys-unavailable': { title: 'We cannot do that just now', text: later },
};

const otherwise: Words = {
  title: 'That did not work',
  text: `We could not finish what you began. ${beginAgain}`,
};

/** What to do with the fragment, for browsers whose script does it and for those without. */
export const fragmentPage = document(
  { title: 'One moment', text: 'We are taking you back.' },
  '<noscript><p>This page needs JavaScript to read what your bank has sent. Please allow it and load the page again.</p></noscript>',
  '<script src="/auth/fragment-redirect.js" defer></script>',
);

export const authorisedPage = document(authorised);

export const returnPage = (url: string) =>
  onwardPage({ title: 'One moment', text: 'We are taking you back to where you came from.' }, url);

/** A form that is sent may lead to no other site: the browser goes on from here by itself, with or without a script. */
export function onwardPage({ title, text }: Words, url: string): string {
  const address = escaped(url);
  const words = { title: escaped(title), text: escaped(text) };
  const head = `<meta http-equiv="refresh" content="0; url=${address}">`;
  return document(words, `<p><a href="${address}" rel="noreferrer">Go on</a></p>`, head);
}

/** Whoever came by the QR code has another screen, on which it goes on. */
export function handedOverPage(url: string): string {
  const words = {
    title: 'Thank you',
    text: 'You can put your phone away, and go on where you began.',
  };
  return document(
    words,
    `<p><a href="${escaped(url)}" rel="noreferrer">Go on with this phone instead</a></p>`,
  );
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param correlationId for the customer to quote when asking for help */
export function problemPage(code: ProblemCode, correlationId: string): string {
  return document(known[code] ?? otherwise, `<small>Reference: ${correlationId}</small>`);
}

function document({ title, text }: Words, more = '', head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/auth/page.css">
${head}
</head>
<body><main><h1>${title}</h1><p>${text}</p>${more}</main></body>
</html>
`;
}
