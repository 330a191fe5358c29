import { checkShop } from '@jangbu/api';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { type System, startSystem } from '../../support/system.ts';
import { type Buyer, buyerIn } from './buyer-in-browser.ts';
import { type Chromium, openChromium, type Visitor } from './chromium.ts';

export interface ShopRig {
  readonly system: System;
  /** Somebody who opens a browser of their own. */
  visit(options?: BrowserContextOptions): Promise<Buyer & Visitor>;
}

/** The whole system and a Chromium for the tests of a file. After each test every console is clean, and in the end the books are. */
export function shopRig(): ShopRig {
  let system: System;
  let chromium: Chromium;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    [system, chromium] = await Promise.all([startSystem(), openChromium()]);
  }, 90_000);
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(visitors.splice(0).map(({ context }) => context.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await chromium?.close();
    try {
      if (system === undefined) return;
      await system.untilSettled();
      expect((await system.ledger.verify({ further: [checkShop] })).findings).toEqual([]);
    } finally {
      await system?.end();
    }
  }, 60_000);
  return {
    get system() {
      return system;
    },
    async visit(options) {
      const visitor = await chromium.visit(options);
      visitors.push(visitor);
      return { ...visitor, ...buyerIn(visitor.page, system) };
    },
  };
}
