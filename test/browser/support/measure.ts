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
  const result: axe.AxeResults = await page.evaluate(`axe.run({ rules: ${JUDGED_TOO} })`);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const SETTLES_MS = 500;
/** What axe leaves out unless it is asked: who speaks to the browser says what they see. */
const JUDGED_TOO = JSON.stringify({ 'label-content-name-mismatch': { enabled: true } });

/** How much of the page has jumped since it was loaded; 0.1 and more is felt. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate('shifted');
}

/** How far the page can be moved sideways, in px. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

const MOST_STOPS = 120;

/** Presses Tab until what is focused has this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const found = (await focused.getAttribute('aria-label')) ?? (await focused.textContent())?.trim() ?? '';
    if (found === name) return;
    seen.push(found);
  }
  throw new Error(`Tab does not come to ${name}, but to ${seen.join(' | ')}`);
}
