// Writes the types of the API's client from the OpenAPI document: node packages/api/scripts/write-api-types.ts
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateApiTypes } from './generate-api-types.ts';

writeFileSync(resolve(import.meta.dirname, '../src/client/api-types.ts'), await generateApiTypes());
