import type { Knex } from 'knex';

/** Something that should never be. */
export interface Finding {
  /** By its number in docs/architecture.md. A service numbers what it proves of its own tables as it likes. */
  readonly invariant: number;
  /** What it concerns, such as `entry ent_0190…` or `account assets:cash`. */
  readonly where: string;
  readonly detail: string;
}

/** How many rows of what were looked at. Further checks add what they count. */
export interface Checked extends Readonly<Record<string, number>> {
  readonly entries: number;
  readonly lines: number;
  readonly accounts: number;
  readonly events: number;
}

/** What `verify` looked at, and what does not add up. */
export interface Verification {
  readonly ok: boolean;
  readonly checked: Checked;
  /** How far the hash chain goes: blocks, and the entries in them. */
  readonly sealed: { readonly blocks: number; readonly entries: number };
  readonly findings: readonly Finding[];
}

/** One check's part of a verification. A check stops collecting findings at a sensible number, and still counts all. */
export interface Check {
  readonly counted: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** What a service proves of its own tables, in the snapshot in which `verify` proves the books. It reads, and does nothing else. */
export type FurtherCheck = (trx: Knex, when: { readonly settledBefore: Date }) => Promise<Check>;

/** Nobody reads more findings of one sort than this; the first of them leads to the cause. */
export const MOST_FINDINGS = 100;
