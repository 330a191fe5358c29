import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { generateApiTypes } from '../../scripts/generate-api-types.ts';

it('says what the OpenAPI document says; if not, node packages/api/scripts/write-api-types.ts writes it anew', async () => {
  const file = readFileSync(join(import.meta.dirname, 'api-types.ts'), 'utf8');
  expect(file === (await generateApiTypes())).toBe(true);
}, 30_000);
