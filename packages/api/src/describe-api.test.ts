import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Router } from 'express';
import { describeApi, routesServedIn } from './describe-api.ts';
import { type Serving, serveRoutes } from './http/serve-routes.ts';

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

function operations() {
  return Object.entries(describeApi().paths).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
}

describe('the OpenAPI document', () => {
  it.each(['sandbox', 'production'] as const)('is valid OpenAPI 3.1, in %s mode', async (mode) => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone({ ...describeApi(mode) }));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(validator.version).toBe('3.1');
  });

  it('has every route that is served, and no other', () => {
    const router = Router();
    serveRoutes(router, routesServedIn('sandbox'), {} as Serving);
    const served = router.stack.flatMap(({ route }) => {
      const methods = route?.stack.map(({ method }) => method).filter((method) => METHODS.has(method));
      return [...new Set(methods)].map((method) => `${method} ${route?.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    });
    expect(served.length).toBeGreaterThan(10);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(served.sort());
  });

  it('points only to what is there', () => {
    const document = describeApi();
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to = '']) => to);
    const missing = pointers.filter(
      (pointer) =>
        pointer.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document) ===
        undefined,
    );
    expect(pointers.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it.each(operations())('$name says what it does, what it answers and how its path is filled', (one) => {
    const { name, operation } = one;
    expect(operation['summary']).toMatch(/^[A-Z].*[^.]$/);
    expect(Object.keys(operation.responses).some((status) => Number(status) < 400)).toBe(true);
    const inPath = operation.parameters.filter((parameter) => parameter['in'] === 'path');
    expect(inPath.map((parameter) => `{${parameter['name']}}`)).toEqual(name.match(/\{\w+\}/g) ?? []);
  });

  it('has no route of the sandbox in production, and asks everybody there who they are', () => {
    const { paths } = describeApi('production');
    expect(Object.keys(paths).filter((path) => path.startsWith('/test'))).toEqual([]);
    expect(paths['/api/check-out']?.['post']?.['security']).toEqual([
      { token: [] },
      { session: [], forgeryToken: [] },
    ]);
  });
});
