import { describeApi } from '../../src/index.ts';

/** Every operation of the document, so that a test over all of them has a new one without being told. */
export function operationsIn(mode: 'sandbox' | 'production') {
  return Object.entries(describeApi(mode).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

export type DescribedOperation = ReturnType<typeof operationsIn>[number];

/** The names between braces, in their order. */
export function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The path with what stands for each `{name}`. */
export function fillIn(path: string, wordFor: (name: string) => string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wordFor(name)));
}

/** The body that the document shows; undefined where there is none. */
export function exampleOf({ operation }: DescribedOperation): unknown {
  const content = operation.requestBody?.['content'] as Record<string, { example?: unknown }> | undefined;
  return content?.['application/json']?.example;
}

/** The query parameters that an operation wants, each with something. */
export function queryOf({ operation }: DescribedOperation): string {
  const owed = operation.parameters.filter((one) => one['in'] === 'query' && one['required'] === true);
  return owed.length === 0 ? '' : `?${owed.map(({ name }) => `${name}=test`).join('&')}`;
}
