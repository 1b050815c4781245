// The reference page: every operation, from local files alone.
import { expect, it } from 'vitest';
import { useBrowser } from './browser.ts';
import { useEmbeddedHouse } from './house.ts';

const house = useEmbeddedHouse();
const browser = useBrowser();

it.each(['/docs', '/swagger/index.html'])(
  '%s shows every operation and asks nobody else for anything',
  async (path) => {
    const api = house().everything.roles.api.addresses.api ?? '';
    const { paths, webhooks } = (await house().ask('GET', '/openapi.json')).body;
    const operations = Object.values(paths as Record<string, object>).reduce(
      (count, methods) => count + Object.keys(methods).length,
      Object.keys(webhooks).length,
    );
    const { context, complaints } = await browser.visit();
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const page = await context.newPage();
    await page.goto(`${api}${path}`);
    const shown = page.locator('.opblock');
    const seen = new Set<string>();
    // Of so many operations the page draws those that are looked at.
    const look = async () => {
      for (const id of await shown.evaluateAll((blocks) => blocks.map((block) => block.id))) seen.add(id);
      await page.mouse.wheel(0, 500);
      return seen.size;
    };
    await expect.poll(look, { timeout: 45_000, interval: 20 }).toBe(operations);
    expect(asked.filter((url) => !url.startsWith(api) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  },
);
