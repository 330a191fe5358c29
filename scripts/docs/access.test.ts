import { describe, expect, it } from '@jest/globals';
import { describeApi } from '../../packages/api/src/index.ts';
import { read, rowsOf, wordOf } from './pages.ts';

const ROLES = ['buyer', 'seller', 'accountant', 'operator'] as const;
const OPERATIONS = Object.entries(describeApi('production').paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);
type Operation = (typeof OPERATIONS)[number]['operation'];

/** What the document says of nobody, of each role and of a token, in the order of the table's columns. */
function saidOf(operation: Operation): string[] {
  const security = operation['security'] as readonly object[];
  const isOpen = security.length === 0 || security.some((one) => Object.keys(one).length === 0);
  const roles = operation['x-roles'] as readonly string[] | undefined;
  const isInPerson = JSON.stringify(operation.responses['403'] ?? '').includes('"session_required"');
  return [
    isOpen ? 'may' : '401',
    ...ROLES.map((role) => (roles === undefined || roles.includes(role) ? 'may' : '403')),
    isInPerson ? '403' : 'may',
  ];
}

describe('docs/reference/access.md', () => {
  const table = new Map(
    rowsOf(read('docs/reference/access.md')).map(([name, ...cells]) => [wordOf(name), cells]),
  );

  it('has a row for each operation in production, and for no other', () => {
    expect([...table.keys()].sort()).toEqual(OPERATIONS.map(({ name }) => name).sort());
  });

  it.each(OPERATIONS)('tells of $name what the OpenAPI document tells', ({ name, operation }) => {
    const cells = table.get(name) ?? [];
    expect(cells.map((cell) => (cell === 'yes' || cell === 'own' ? 'may' : cell))).toEqual(saidOf(operation));
  });
});
