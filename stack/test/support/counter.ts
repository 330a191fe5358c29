import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../../src/exclusive.ts';

// Counts in a file, in a way that loses counts unless everybody takes turns.
const [folder = '', times = ''] = process.argv.slice(2);
const file = join(folder, 'count');
for (let count = 0; count < Number(times); count++) {
  await exclusively(folder, async () => {
    const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    await new Promise((wake) => setTimeout(wake, 1));
    writeFileSync(file, String(before + 1));
  });
}
