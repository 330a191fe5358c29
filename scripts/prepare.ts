import { loadSampleData } from '@jangbu/api';
import { readPrepareConfig } from './system/prepare-config.ts';
import { prepareDatabase, withKnex } from './system/prepare-database.ts';

/*
 * Prepares a database for api and relay: its schema, its two users with what they need and no more, and in sandbox mode the
 * sample shop. Safe to repeat, at each deployment. docker-compose.yml runs it before the services.
 */
try {
  const { serverUrl, name, passwords, loadsSampleData } = readPrepareConfig(process.env);
  const { adminUrl } = await prepareDatabase({ serverUrl, name, passwords });
  if (loadsSampleData) await withKnex(adminUrl, (knex) => loadSampleData(knex, new Date()));
  console.log(`The database ${name} is ready, with the users ${name}_app and ${name}_cdc.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
