// Where this machine's Chromium is, for the tests that look at pages as a person would.
import { onPath } from './cache.mjs';

export function findBrowser(): string | undefined {
  return ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
    .map(onPath)
    .find((path) => path !== undefined);
}
