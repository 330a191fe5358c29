// Writes what of the client comes from the OpenAPI document: node packages/api/scripts/write-client.ts
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateClient } from './generate-client.ts';

const folder = resolve(import.meta.dirname, '../../client/src');
for (const [name, text] of Object.entries(await generateClient())) writeFileSync(resolve(folder, name), text);
