#!/usr/bin/env node
// Hands over to the command itself under a Node that runs TypeScript; scripts/run.mjs finds or fetches one.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
// What a long command leaves behind dies young: a small nursery costs no speed, and saves a hundred megabytes.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=4`.trim();
process.argv.splice(1, 1, join(root, 'scripts', 'run.mjs'), 'packages/relay/src/cli/main.ts');
await import(join(root, 'scripts', 'run.mjs'));
