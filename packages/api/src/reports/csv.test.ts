import { describe, expect, it } from '@jest/globals';
import { toCsv } from './csv.ts';

const cellOf = (text: string) =>
  toCsv(['a'], [[text]])
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

describe('toCsv', () => {
  it('writes a header and rows, each with its end', () => {
    expect(toCsv(['a', 'b'], [['1', '김치']])).toBe('\uFEFFa,b\r\n1,김치\r\n');
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['-12000', '-12000'],
    ['-12.50', '-12.50'],
    ['=1+1', "'=1+1"],
    ['+82', "'+82"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
  ])('writes %j as %j', (text, cell) => {
    expect(cellOf(text)).toBe(cell);
  });
});
