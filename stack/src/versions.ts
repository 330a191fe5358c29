import { readFileSync } from 'node:fs';

export interface Versions {
  readonly mysql: string;
  readonly kafka: string;
  readonly scala: string;
  readonly debezium: string;
  readonly log4j: string;
  readonly mavenDependencyPlugin: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/** The one place where the versions of the servers are pinned. */
export const versions: Versions = JSON.parse(
  readFileSync(new URL('../versions.json', import.meta.url), 'utf8'),
);
