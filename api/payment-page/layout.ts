// The frame of the payment page. Whatever is put into it is escaped.
import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

interface Page {
  title: string;
  /** How the payment stands, while that may change: the script asks for it now and then, and loads the page anew. */
  state?: string | undefined;
  body: Html;
}

export function page({ title, state, body }: Page): Html {
  const watch = html`<script src="/auth/payment-page.js" defer></script>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/auth/page.css">
${state === undefined ? '' : watch}
</head>
<body><main data-state="${state ?? ''}"><h1>${title}</h1>${body}</main></body>
</html>
`;
}
