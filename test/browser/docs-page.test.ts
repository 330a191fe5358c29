import { describeApi } from '@jangbu/api';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { measurable, obstaclesOn, overflowOf, tabTo } from './support/measure.ts';
import { shopRig } from './support/shop-rig.ts';

const PATIENCE_MS = 120_000;
const OPERATIONS = Object.entries(describeApi('sandbox').paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

describe('the page of the API', () => {
  const rig = shopRig();
  const openDocs = async (page: Page) => {
    await page.goto(`${rig.system.apiUrl}/docs`);
    // A megabyte of Swagger UI takes its time on a machine that does much else.
    await page.locator('.opblock-summary').first().waitFor({ timeout: 40_000 });
  };

  it(
    'shows every operation of the document, and asks for nothing elsewhere',
    async () => {
      const { context, page } = await rig.visit();
      const elsewhere: string[] = [];
      await context.route(
        (url) => url.origin !== rig.system.apiUrl && url.protocol !== 'data:',
        async (route) => {
          elsewhere.push(route.request().url());
          await route.abort();
        },
      );
      await openDocs(page);
      const shown = await page
        .locator('.opblock-summary')
        .evaluateAll((rows) =>
          rows.map((row) =>
            ['.opblock-summary-method', '.opblock-summary-path']
              .map((part) => row.querySelector(part)?.textContent?.replaceAll('\u200b', ''))
              .join(' '),
          ),
        );
      expect(shown.toSorted()).toEqual(OPERATIONS.toSorted());
      expect(elsewhere).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'tries an operation out, with a keyboard alone',
    async () => {
      const { page } = await rig.visit();
      await openDocs(page);
      await tabTo(page, 'POST/api/check-outMake an order at the catalogue’s prices');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Execute');
      await page.keyboard.press('Enter');
      const answer = page.locator('.live-responses-table');
      await answer.getByText('200', { exact: true }).waitFor();
      await answer.getByText('"amount": 38000').waitFor();
      // Who was sent the address comes to the same operation.
      expect(new URL(page.url()).hash).toBe('#/Orders/postApiCheckOut');
    },
    PATIENCE_MS,
  );

  it.each([
    ['a phone of 360 px', 360],
    ['a wide screen', 1280],
  ])(
    'puts nothing in anybody’s way on %s',
    async (_what, width) => {
      const { context, page } = await rig.visit({ bypassCSP: true, viewport: { width, height: 740 } });
      await measurable(context);
      await openDocs(page);
      await page.locator('#operations-Orders-postApiCheckOut .opblock-summary-control').click();
      await page.getByRole('button', { name: 'Execute' }).click();
      await page.locator('.live-responses-table').getByText('200', { exact: true }).waitFor();
      expect(await obstaclesOn(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
    },
    PATIENCE_MS,
  );
});
