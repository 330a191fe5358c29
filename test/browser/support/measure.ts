import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

/** Puts into every page of a browser, whose policy has to be bypassed, what the measures below ask. */
export async function measurable(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: axe.source });
  await context.addInitScript({
    content: `globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });`,
  });
}

/** What stands in the way of people with other senses and hands, by WCAG 2.2 AA and axe's best practices. */
export async function obstaclesOn(page: Page): Promise<string[]> {
  // Colours are judged when they have come to rest.
  await page.waitForTimeout(SETTLES_MS);
  const result: axe.AxeResults = await page.evaluate(`axe.run({ rules: ${UNJUDGED} })`);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const SETTLES_MS = 500;
/** The figure beside the cart is read as a part of a sentence: `Cart, 2 in it`. */
const UNJUDGED = JSON.stringify({ 'label-content-name-mismatch': { enabled: false } });

/** How much of the page has jumped since it was loaded; 0.1 and more is felt. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate('shifted');
}

/** How far the page can be moved sideways, in px. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
