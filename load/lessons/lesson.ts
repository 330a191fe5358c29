import type { StackAddresses } from '@jangbu/stack';
import type { Knex } from 'knex';
import type { PreparedDatabase } from '../../scripts/system/prepare-database.ts';

/** What a lesson is measured with: a database of its own on a real MySQL. */
export interface Ground {
  readonly database: PreparedDatabase;
  readonly addresses: StackAddresses;
  /** As administrator, with a connection for each caller. */
  readonly admin: Knex;
  /** How long each way is measured. */
  readonly ms: number;
  /** Where processes write their logs. */
  readonly folder: string;
}

/** One figure of both ways, as text, and how they compare. */
export interface Comparison {
  readonly what: string;
  readonly wrong: string;
  readonly right: string;
  readonly ratio: string;
}

export interface Lesson {
  readonly step: number;
  readonly wrongWay: string;
  readonly rightWay: string;
  measure(ground: Ground): Promise<Comparison[]>;
}

export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en')} ms`;
}

export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}

export function times(larger: number, smaller: number): string {
  return smaller === 0 ? '' : `${(larger / smaller).toFixed(larger / smaller < 10 ? 2 : 0)} ×`;
}
