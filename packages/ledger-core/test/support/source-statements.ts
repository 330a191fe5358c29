import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SOURCES = resolve(import.meta.dirname, '../../src');

/** A statement as it stands in the code, and what it looks like once its parts are filled in. */
export interface SourceStatement {
  readonly file: string;
  readonly text: string;
  readonly shape: RegExp;
}

/** The SELECTs, UPDATEs, DELETEs and INSERT … SELECTs of the library, but for those of the named folders. */
export function readSourceStatements(without: readonly string[]): SourceStatement[] {
  return filesBelow(SOURCES)
    .filter((file) => !without.some((folder) => relative(SOURCES, file).startsWith(folder)))
    .flatMap(statementsOf);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function statementsOf(file: string): SourceStatement[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: SourceStatement[] = [];
  const visit = (node: ts.Node): void => {
    const parts = partsOf(node);
    if (
      parts !== undefined &&
      /^\s*(SELECT|UPDATE|DELETE)\b|^\s*INSERT INTO[\s\S]*\bSELECT\b/.test(parts.join(' '))
    )
      found.push({ file: relative(SOURCES, file), text: parts.join('…'), shape: shapeOf(parts) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The text of a literal, in parts where values stand between. */
function partsOf(node: ts.Node): string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

function shapeOf(parts: readonly string[]): RegExp {
  const quoted = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(quoted.join('[\\s\\S]*?'));
}
