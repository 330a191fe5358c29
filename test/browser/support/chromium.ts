import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '@jangbu/stack';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** A Chromium, and one buyer's browser after the other in it. */
export interface Chromium {
  /** A browser that has been nowhere yet. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went to the console as an error, was thrown, or was refused by the page's policy, in any of its tabs. */
  readonly complaints: string[];
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a Chromium in a closed network: whatever a page asks for elsewhere finds nothing. */
export async function openChromium(): Promise<Chromium> {
  const { path, environment } = await findChromium(() => {});
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-chromium-'));
  const browser = await chromium.launch({
    executablePath: path,
    args: FLAGS,
    downloadsPath: folder,
    env: { ...process.env, ...environment, HOME: folder } as Record<string, string>,
  });
  return {
    async visit(options = {}) {
      const context = await browser.newContext({
        locale: 'ko-KR',
        timezoneId: 'Asia/Seoul',
        viewport: { width: 1200, height: 900 },
        ...options,
      });
      context.setDefaultTimeout(10_000);
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      return { context, page: await context.newPage(), complaints };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
