import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type System, startSystem } from '../support/system.ts';
import { type Chromium, openChromium } from './support/chromium.ts';

describe('the shop', () => {
  let system: System;
  let chromium: Chromium;
  beforeAll(async () => {
    [system, chromium] = await Promise.all([startSystem(), openChromium()]);
  }, 90_000);
  afterAll(async () => {
    await chromium?.close();
    await system?.end();
  });

  it('speaks the language that the browser asks for, and another when told', async () => {
    const { page } = await chromium.visit({ locale: 'en-GB' });
    await page.goto(system.apiUrl);
    await page.getByRole('link', { name: 'Jangbu Kimchi Mall' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('link', { name: '장부 김치몰' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: '장부 김치몰' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('ko');
  });
});
