// Loaded before the roles of a house: writes down which certificate each request over mutual TLS was made with, as the
// server saw it. One line a request: fingerprint and path.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const file = process.env.CERTIFICATES_SEEN;

subscribe('http.server.request.start', ({ request, socket }) => {
  const certificate = socket.getPeerX509Certificate?.();
  if (certificate !== undefined) appendFileSync(file, `${certificate.fingerprint256} ${request.url}\n`);
});
