// A TCP port on the loopback interface that nothing listens on at this moment. Taken from below the range that systems
// give to outgoing connections, so that none of those takes it between now and the listener's start.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const [lowest, highest] = [15_000, 30_000];

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
