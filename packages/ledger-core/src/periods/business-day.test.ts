import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { assertTimeZone, businessDay, parseDay } from './business-day.ts';

const on = (instant: string, timeZone: string) => businessDay(new Date(instant), timeZone);
const DAY_MS = 86_400_000;
const ZONES = [
  'Asia/Seoul',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Niue',
  'Asia/Kathmandu',
  'UTC',
];

describe('businessDay', () => {
  it.each([
    ['the last moment of a day in Seoul', '2026-01-31T14:59:59.999Z', 'Asia/Seoul', '2026-01-31'],
    ['midnight in Seoul', '2026-01-31T15:00:00.000Z', 'Asia/Seoul', '2026-02-01'],
    ['a leap day', '2028-02-28T15:00:00.000Z', 'Asia/Seoul', '2028-02-29'],
    ['new year', '2026-12-31T15:00:00.000Z', 'Asia/Seoul', '2027-01-01'],
    ['the furthest east', '2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02'],
    ['the furthest west', '2026-01-01T10:59:59Z', 'Pacific/Niue', '2025-12-31'],
    ['a quarter of an hour', '2026-01-01T18:14:59Z', 'Asia/Kathmandu', '2026-01-01'],
    ['a quarter of an hour later', '2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02'],
  ])('knows %s', (_, instant, timeZone, day) => {
    expect(on(instant, timeZone)).toBe(day);
  });

  it.each([
    [
      'before it begins, New York is 5 hours behind',
      '2026-03-08T04:59:59Z',
      'America/New_York',
      '2026-03-07',
    ],
    ['before it begins, at midnight', '2026-03-08T05:00:00Z', 'America/New_York', '2026-03-08'],
    ['while it lasts, 4 hours', '2026-03-09T03:59:59Z', 'America/New_York', '2026-03-08'],
    ['while it lasts, at midnight', '2026-03-09T04:00:00Z', 'America/New_York', '2026-03-09'],
    ['after it ends, 5 hours again', '2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01'],
    ['in Seoul in 1988', '1988-07-01T14:00:00Z', 'Asia/Seoul', '1988-07-02'],
    ['in Seoul in 1989, when there was none any more', '1989-07-01T14:00:00Z', 'Asia/Seoul', '1989-07-01'],
    ['a day without midnight', '2018-11-04T03:00:00Z', 'America/Sao_Paulo', '2018-11-04'],
    ['the hour that comes twice before midnight', '2018-02-18T02:30:00Z', 'America/Sao_Paulo', '2018-02-17'],
  ])('knows summer time: %s', (_, instant, timeZone, day) => {
    expect(on(instant, timeZone)).toBe(day);
  });

  it.each([
    ['Seoul half an hour nearer to UTC until 1961', '1960-01-01T15:29:59Z', 'Asia/Seoul', '1960-01-01'],
    ['Seoul by its own sun until 1908', '1900-01-01T15:32:07Z', 'Asia/Seoul', '1900-01-01'],
    ['Seoul by its own sun until 1908, at midnight', '1900-01-01T15:32:08Z', 'Asia/Seoul', '1900-01-02'],
    ['Samoa before the day that it left out', '2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['Samoa after it', '2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('knows what clocks once did: %s', (_, instant, timeZone, day) => {
    expect(on(instant, timeZone)).toBe(day);
  });

  it.each([
    ['1000-01-02T00:00:00Z', '1000-01-02'],
    // The calendar runs on backwards as ISO 8601 has it, without the ten days that 1582 left out.
    ['1582-10-04T00:00:00Z', '1582-10-04'],
    ['1582-10-14T00:00:00Z', '1582-10-14'],
    ['1582-10-15T00:00:00Z', '1582-10-15'],
    ['9999-12-30T23:59:59.999Z', '9999-12-30'],
  ])('knows the far past and future: %s', (instant, day) => {
    expect(on(instant, 'UTC')).toBe(day);
  });

  it('is the date of ISO 8601 in UTC, and a day from it at most elsewhere, which parseDay takes', () => {
    const range = { min: new Date('1000-01-02T00:00:00Z'), max: new Date('9999-12-30T23:59:59.999Z') };
    fc.assert(
      fc.property(
        fc.date({ ...range, noInvalidDate: true }),
        fc.constantFrom(...ZONES),
        (instant, timeZone) => {
          expect(businessDay(instant, 'UTC')).toBe(instant.toISOString().slice(0, 10));
          const day = businessDay(instant, timeZone);
          expect(parseDay(day)).toBe(day);
          const noon = Date.parse(`${day}T12:00:00Z`);
          expect(Math.abs(noon - instant.getTime())).toBeLessThanOrEqual(1.1 * DAY_MS);
        },
      ),
    );
  });
});

describe('assertTimeZone', () => {
  it.each(['Asia/Seoul', 'UTC', 'America/Argentina/Buenos_Aires', 'Europe/London'])(
    'takes %s',
    (timeZone) => {
      expect(() => assertTimeZone(timeZone)).not.toThrow();
    },
  );

  it.each([
    '',
    ' ',
    'Seoul',
    'Asia/Seoull',
    'Asia/Seoul ',
    'KST',
    'UTC+9',
    '+9',
    'local',
    '../../etc/localtime',
    '서울',
    '😀',
    '\ud800',
    null,
    undefined,
    9,
    9n,
    {},
    [],
    Symbol.iterator.toString(),
  ])('refuses %p', (timeZone) => {
    const { code, message } = refusal(() => assertTimeZone(timeZone as string));
    expect(code).toBe('ledger_malformed');
    expect(message).toContain('Asia/Seoul');
  });
});

describe('parseDay', () => {
  it.each(['2026-01-31', '2028-02-29', '2000-02-29', '1000-01-01', '9999-12-31', '1582-10-10'])(
    'takes %s',
    (day) => {
      expect(parseDay(day)).toBe(day);
    },
  );

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '0999-12-31',
    '0000-01-01',
    '10000-01-01',
    '+002026-01-01',
    '2026-1-1',
    '20260101',
    '2026/01/01',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '２０２６-01-01',
    '2026년 1월 1일',
    '',
    'today',
    'NaN',
    'x'.repeat(100_000),
    null,
    undefined,
    20260101,
    {},
    new Date(0),
    Object.create(null),
  ])('refuses %.40p', (day) => {
    const { code, details, message } = refusal(() => parseDay(day as string));
    expect(code).toBe('day_malformed');
    expect(message.length + String(details['day']).length).toBeLessThan(250);
  });
});
