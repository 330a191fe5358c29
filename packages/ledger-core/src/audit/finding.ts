/** The invariants of docs/architecture.md, by number. */
export type Invariant = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Something that should never be. */
export interface Finding {
  readonly invariant: Invariant;
  /** What it concerns, such as `entry ent_0190…` or `account assets:cash`. */
  readonly where: string;
  readonly detail: string;
}

/** What `verify` looked at, and what does not add up. */
export interface Verification {
  readonly ok: boolean;
  readonly checked: {
    readonly entries: number;
    readonly lines: number;
    readonly accounts: number;
    readonly events: number;
  };
  /** How far the hash chain goes: blocks, and the entries in them. */
  readonly sealed: { readonly blocks: number; readonly entries: number };
  readonly findings: readonly Finding[];
}

/** One check's part of a verification. A check stops collecting findings at a sensible number, and still counts all. */
export interface Check {
  readonly counted: Partial<Verification['checked']>;
  readonly findings: readonly Finding[];
}

/** Nobody reads more findings of one sort than this; the first of them leads to the cause. */
export const MOST_FINDINGS = 100;
