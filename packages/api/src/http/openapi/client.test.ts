import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { generateClient } from '../../../scripts/generate-client.ts';

const FOLDER = join(import.meta.dirname, '../../../../client/src');

it('is what @jangbu/client says as well; if not, node packages/api/scripts/write-client.ts writes it anew', async () => {
  for (const [name, text] of Object.entries(await generateClient())) {
    // Compared to a boolean: a difference of thousands of lines tells nobody anything.
    expect({ name, isSame: readFileSync(join(FOLDER, name), 'utf8') === text }).toEqual({
      name,
      isSame: true,
    });
  }
}, 30_000);
