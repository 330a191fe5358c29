import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const program = ts.createProgram([join(ROOT, 'packages/ledger-core/src/index.ts')], {
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
});
const checker = program.getTypeChecker();

describe('what ledger-core exports', () => {
  const all = exported();

  it('says of each what it is', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter((symbol) => docOf(symbol) === '').map(({ name }) => name)).toEqual([]);
  });

  it('says of each method what it does', () => {
    const methods = all.flatMap((symbol) =>
      methodsOf(symbol).map((method) => ({ name: `${symbol.name}.${method.name}`, doc: docOf(method) })),
    );
    expect(methods.length).toBeGreaterThan(40);
    expect(methods.filter(({ doc }) => doc === '').map(({ name }) => name)).toEqual([]);
  });

  it('names only codes that the list of errors has', () => {
    const codes = new Set(readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8').match(/`[a-z_]+`/g));
    const named = all
      .flatMap((symbol) => [symbol, ...methodsOf(symbol)])
      .flatMap((symbol) => symbol.getJsDocTags(checker))
      .filter(({ name }) => name === 'throws')
      .flatMap(({ text }) => ts.displayPartsToString(text).match(/`[a-z]+_[a-z_]+`/g) ?? []);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
  });
});

function exported(): ts.Symbol[] {
  const file = program.getSourceFile(join(ROOT, 'packages/ledger-core/src/index.ts'));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error('ledger-core has no index.');
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** The methods that an exported interface or class declares itself. */
function methodsOf(symbol: ts.Symbol): ts.Symbol[] {
  return [...(symbol.members?.values() ?? [])].filter(
    ({ flags, valueDeclaration }) =>
      flags & ts.SymbolFlags.Method &&
      valueDeclaration !== undefined &&
      !(ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Private),
  );
}

function docOf(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}
