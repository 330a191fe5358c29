import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  beginReplay,
  createLedger,
  lastSeq,
  paymentConfirmedEvent,
  type ReplayRun,
  readReplay,
  readReplays,
} from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { jangbu, startJangbu } from './support/jangbu.ts';
import { type Mall, openMall } from './support/mall.ts';

let mall: Mall;
let folder: string;
const EVENTS = 2_020;

beforeAll(async () => {
  mall = await openMall();
  await mall.write(2_000);
  await mall.settle();
  folder = await mkdtemp(join(tmpdir(), 'jangbu-replay-'));
}, 60_000);
afterAll(async () => {
  try {
    expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await mall.database.drop();
    await rm(folder, { recursive: true });
  }
});

const run = (...args: string[]) => jangbu(mall.database.runtimeUrl, args);
const replay = (...args: string[]) => run('replay', '--ledger', 'mall', '--yes', '--json', ...args);
const started = (...args: string[]) =>
  startJangbu(mall.database.runtimeUrl, ['replay', '--ledger', 'mall', '--yes', '--json', ...args]);
const knex = () => mall.database.runtime;

async function books() {
  const { rows, totals, outboxSeq } = await mall.ledger.trialBalance();
  return { rows, totals, outboxSeq };
}

async function newest(): Promise<ReplayRun> {
  const [run] = await readReplays(knex(), { limit: 1 });
  if (run === undefined) throw new Error('There is no run.');
  return run;
}

async function untilMidway(runId: number): Promise<void> {
  await waitFor('the run to be midway', async () => {
    const { counts } = await readReplay(knex(), runId).catch(() => ({ counts: { events: 0 } }));
    return counts.events > 100;
  });
}

async function verified(name: string) {
  const ledger = await createLedger({ knex: knex(), name, mustExist: true });
  return ledger.verify({ lagAllowanceMs: 0 });
}

describe('jangbu replay into the live ledger', () => {
  it('changes nothing where everything was applied, and leaves a row for the auditor', async () => {
    const before = await books();
    const { status, stdout } = replay('--from', '1', '--by', 'kim');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'apply',
      status: 'completed',
      by: 'kim',
      fromSeq: '1',
      toSeq: String(EVENTS),
      totalEvents: EVENTS,
      counts: { events: EVENTS, applied: 0, duplicates: EVENTS, parked: 0 },
    });
    expect(await books()).toEqual(before);
    expect(run('replays').stdout).toMatch(/completed +into mall +1–2020 .*kim/);
  });

  it('applies what was missed, with its inbox row, once', async () => {
    const { runtime } = mall.database;
    const missed = { ...paymentConfirmedEvent(missedPayment('missed')) };
    await runtime.transaction((trx) => mall.ledger.within(trx).appendEvents([missed]));
    expect((await mall.ledger.lag()).events).toBe(1);
    const preview = replay('--from', '2000', '--dry-run');
    expect(JSON.parse(preview.stdout)).toMatchObject({
      events: 22,
      known: 21,
      wouldApply: 1,
      wouldPark: 0,
      entries: 1,
      accounts: [
        { account: 'assets:receivables:tosspayments', debit: '5000', credit: '0' },
        { account: 'liabilities:sellers:missed:pending', debit: '0', credit: '4725' },
        { account: 'liabilities:vat-payable', debit: '0', credit: '25' },
        { account: 'revenue:platform-fees', debit: '0', credit: '250' },
      ],
    });
    expect((await mall.ledger.lag()).events).toBe(1);
    const counts = () => JSON.parse(replay('--from', '2000').stdout).counts;
    expect(counts()).toMatchObject({ events: 22, applied: 1, duplicates: 21 });
    expect((await mall.ledger.lag()).events).toBe(0);
    expect((await mall.ledger.wallet('missed', 'KRW')).pending).toBe('4725');
    expect(counts()).toMatchObject({ events: 22, applied: 0, duplicates: 22 });
  });

  it('reaches an aggregate, an instant and a place in Kafka', async () => {
    const counts = (...args: string[]) => JSON.parse(replay(...args).stdout);
    expect(counts('--from', '1', '--aggregate', 'pay-1234')).toMatchObject({
      totalEvents: 1,
      counts: { events: 1 },
    });
    expect(counts('--from', 'mall.payment:2:7101', '--to', '110')).toMatchObject({
      fromSeq: '101',
      counts: { events: 10 },
    });
    expect(counts('--from', 'outbox:0:300', '--to', '310')).toMatchObject({ fromSeq: '300' });
    const since = await knex().raw('SELECT CAST(created_at AS CHAR) AS at FROM outbox WHERE seq = 1500');
    const instant = `${String(since[0][0].at).replace(' ', 'T').slice(0, 23)}Z`;
    const { fromSeq } = counts('--from', instant);
    expect(Number(fromSeq)).toBeGreaterThan(1300);
    expect(Number(fromSeq)).toBeLessThanOrEqual(1500);
  });

  it('ends below a seq that an open transaction holds, and says so', async () => {
    const held = await knex().transaction();
    try {
      await mall.ledger.within(held).appendEvents([paymentConfirmedEvent(missedPayment('held'))]);
      await knex().transaction((trx) =>
        mall.ledger.within(trx).appendEvents([paymentConfirmedEvent(missedPayment('after-held'))]),
      );
      const last = await lastSeq(knex());
      const { stderr, stdout } = replay('--from', '2000');
      expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', toSeq: String(last - 2n) });
      expect(stderr).toContain(`Seq ${last - 1n} belongs to an open transaction`);
      expect(replay('--from', String(last - 1n))).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('replay_range_empty'),
      });
    } finally {
      await held.commit();
    }
    await mall.settle();
  });
});

describe('jangbu replay into a fresh ledger', () => {
  it('rebuilds the same books, with the times at which things happened', async () => {
    const { status, stdout } = replay('--into', 'rebuilt');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'rebuild',
      ledger: 'rebuilt',
      counts: { duplicates: 0, parked: 0 },
    });
    expect(run('diff', 'mall', 'rebuilt')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('are the same'),
    });
    expect(await verified('rebuilt')).toMatchObject({ ok: true, findings: [] });
    const rebuilt = await createLedger({ knex: knex(), name: 'rebuilt', mustExist: true });
    const day = (name: string) =>
      (name === 'mall' ? mall.ledger : rebuilt).trialBalance({ asOf: '2026-10-01' as never });
    expect((await day('rebuilt')).rows).toEqual((await day('mall')).rows);
  });

  it('refuses a ledger that has entries, and itself', () => {
    expect(replay('--into', 'rebuilt')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('replay_target_in_use'),
    });
    expect(replay('--into', 'mall')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('replay_malformed'),
    });
  });

  it('tries other rates, and diff shows the first entries that differ', async () => {
    const policy = join(folder, 'policy.json');
    await writeFile(policy, JSON.stringify({ feeRate: '0.04', vatRate: '0.1' }));
    expect(replay('--into', 'cheaper', '--policy', policy)).toMatchObject({ status: 0 });
    const { status, stdout } = run('diff', 'mall', 'cheaper', '--json', '--limit', '3');
    expect(status).toBe(1);
    const { accounts, entries } = JSON.parse(stdout);
    expect(accounts.first[0]).toMatchObject({
      account: 'liabilities:sellers:after-held:pending',
      a: { credit: '4725' },
      b: { credit: '4780' },
    });
    expect(entries).toHaveLength(3);
    expect(entries[0].a.lines[2]).toMatchObject({ account: 'revenue:platform-fees', amount: '50' });
    expect(entries[0].b.lines[2]).toMatchObject({ account: 'revenue:platform-fees', amount: '40' });
    expect(await verified('cheaper')).toMatchObject({ ok: true });
  });

  it('keeps what was discarded discarded', async () => {
    const [eventId = ''] = await knex().transaction((trx) =>
      mall.ledger
        .within(trx)
        .appendEvents([{ ...paymentConfirmedEvent(missedPayment('poison')), eventVersion: 9 }]),
    );
    await mall.settle();
    await mall.ledger.discardDeadLetter(eventId, { by: 'kim', reason: 'paid back' });
    expect(JSON.parse(replay('--into', 'without').stdout)).toMatchObject({
      counts: { duplicates: 1, parked: 0 },
    });
    const without = await createLedger({ knex: knex(), name: 'without', mustExist: true });
    expect(await without.deadLetter(eventId)).toMatchObject({ resolution: { how: 'discarded', by: 'kim' } });
    expect(run('diff', 'mall', 'without').status).toBe(0);
    expect(await verified('without')).toMatchObject({ ok: true });
  });

  it('goes on after kill -9, and ends with the same books', async () => {
    const { child, ended } = started('--into', 'killed', '--page-size', '5');
    await waitFor('the run', async () => (await newest()).ledger === 'killed');
    const { runId } = await newest();
    await untilMidway(runId);
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    const { counts, status } = await readReplay(knex(), runId);
    expect(status).toBe('running');
    expect(counts.events).toBeLessThan(EVENTS);
    expect(replay('--from', '1')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('replay_interrupted'),
    });
    expect(run('replays').stdout).toContain('interrupted');
    const resumed = run('replay', '--resume', '--json');
    expect(resumed).toMatchObject({ status: 0 });
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      runId,
      status: 'completed',
      counts: { duplicates: 1, parked: 0 },
    });
    expect(run('diff', 'mall', 'killed').status).toBe(0);
    expect(await verified('killed')).toMatchObject({ ok: true });
    expect(run('replay', '--resume')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('replay_unknown'),
    });
  });

  it('is cancelled from another terminal, and by Ctrl-C, after the page in hand', async () => {
    for (const how of ['terminal', 'interrupt']) {
      const { child, ended } = started('--into', `cancelled-${how}`, '--page-size', '5');
      await waitFor('the run', async () => (await newest()).ledger === `cancelled-${how}`);
      const { runId } = await newest();
      await untilMidway(runId);
      if (how === 'terminal')
        expect(run('replay', '--cancel', String(runId), '--by', 'lee')).toMatchObject({ status: 0 });
      else {
        // A terminal and npx both pass Ctrl-C on.
        child.kill('SIGINT');
        await wait(2);
        child.kill('SIGINT');
      }
      expect(await ended).toMatchObject({ status: 1 });
      const cancelled = await readReplay(knex(), runId);
      expect(cancelled).toMatchObject({
        status: 'cancelled',
        cancelAskedBy: how === 'terminal' ? 'lee' : null,
      });
      expect(cancelled.counts.events).toBeLessThan(EVENTS);
      expect(run('replay', '--cancel', String(runId))).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('replay_ended'),
      });
    }
  });

  it('is refused while another is under way, and lets go when that one has ended', async () => {
    const session = await beginReplay(knex(), { ledger: 'mall', fromSeq: 1n, by: 'first' });
    try {
      expect(replay('--from', '1')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('begun by first'),
      });
      expect(run('replay', '--resume')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('replay_running'),
      });
      expect(replay('--from', '1', '--dry-run')).toMatchObject({ status: 0 });
    } finally {
      await session.close();
    }
    expect(run('replay', '--cancel', String(session.run.runId))).toMatchObject({ status: 0 });
    expect(replay('--from', '1')).toMatchObject({ status: 0 });
  });

  it('leaves no way to rewrite what was run', async () => {
    const { runId } = await newest();
    const rewrite = (sql: string) => mall.database.admin.raw(sql, [runId]);
    await expect(rewrite("UPDATE replay_runs SET started_by = 'nobody' WHERE run_id = ?")).rejects.toThrow(
      'does not change',
    );
    await expect(rewrite('DELETE FROM replay_runs WHERE run_id = ?')).rejects.toThrow('append-only');
  });
});

describe('what jangbu replay cannot do', () => {
  it.each([
    ['a place beyond the end', ['--from', '999999'], 'replay_range_empty'],
    ['an instant to come', ['--from', '2999-01-01T00:00:00Z'], 'replay_range_empty'],
    ['an offset that nobody has read', ['--from', 'mall.payment:2:999999'], 'replay_range_empty'],
    ['an end before the beginning', ['--from', '10', '--to', '9'], 'replay_malformed'],
    ['an aggregate that is not there', ['--from', '1', '--aggregate', 'nobody'], 'replay_range_empty'],
    ['a run that is not there', ['--cancel', '999999'], 'replay_unknown'],
    ['a run that has ended', ['--resume', '1'], 'replay_ended'],
    ['Kafka and a ledger', ['--into', 'x', '--through-kafka'], 'leave out --into'],
  ])('says so for %s', (_what, args, message) => {
    const { status, stderr, stdout } = replay(...args);
    expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({
      status: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(message);
  });

  it('asks first where it was not told --yes, and has nobody to ask', () => {
    expect(run('replay', '--ledger', 'mall', '--from', '1')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--dry-run'),
    });
  });
});

function missedPayment(sellerId: string) {
  return {
    paymentKey: `${sellerId}-key`,
    orderId: `order-${sellerId}`,
    currency: 'KRW',
    amount: '5000',
    approvedAt: '2026-11-01T01:02:03.000Z',
    shares: [{ sellerId, amount: '5000' }],
  };
}
