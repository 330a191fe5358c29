import { describe, expect, it } from '@jest/globals';
import { timesBetween, toBuckets } from './times-at-the-api.ts';

const bucket = (le: string, count: number, route = '/api/check-out') =>
  `jangbu_api_request_seconds_bucket{le="${le}",method="POST",route="${route}",status="200"} ${count}\n`;

describe('the times at the API', () => {
  it('sums the two requests of the flow, and no others', () => {
    const text = [bucket('0.01', 3), bucket('0.01', 4, '/test/confirm'), bucket('0.01', 9, '/health/live')];
    expect(toBuckets(text.join(''))).toEqual(new Map([[0.01, 7]]));
  });

  it('are those of what came between, spread evenly in their buckets', () => {
    const before = toBuckets(bucket('0.1', 50) + bucket('0.2', 50) + bucket('+Inf', 50));
    const after = toBuckets(bucket('0.1', 100) + bucket('0.2', 150) + bucket('+Inf', 150));
    expect(timesBetween(before, after)).toEqual({ p50Ms: 100, p95Ms: 190, p99Ms: 198 });
  });

  it('are the last bound that is known where more took longer', () => {
    const after = toBuckets(bucket('0.1', 0) + bucket('10', 1) + bucket('+Inf', 100));
    expect(timesBetween(new Map(), after)?.p99Ms).toBe(10_000);
  });

  it('are none where nothing came', () => {
    const same = toBuckets(bucket('0.1', 5) + bucket('+Inf', 5));
    expect(timesBetween(same, same)).toBeUndefined();
  });
});
