import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parse } from './parse.ts';
import { defineRoute } from './route.ts';

const COMMON = {
  path: '/things/{thingId}',
  summary: 'Do a thing',
  tags: ['Things'],
  access: 'known',
  params: z.object({ thingId: z.string() }),
  answers: {
    200: { description: 'Done', result: z.object({ name: z.string(), count: z.int() }) },
    204: { description: 'Nothing to say' },
  },
  problems: [],
} as const;

describe('defineRoute', () => {
  it('holds handlers against the schemas, when types are checked', () => {
    defineRoute({
      ...COMMON,
      method: 'get',
      handle: ({ params, caller }) => ({
        status: 200,
        result: { name: params.thingId, count: caller.memberId },
      }),
    });
    defineRoute({ ...COMMON, method: 'get', handle: () => ({ status: 204 }) });
    // @ts-expect-error A status that is not described.
    defineRoute({ ...COMMON, method: 'get', handle: () => ({ status: 201 }) });
    // @ts-expect-error A field is missing.
    defineRoute({ ...COMMON, method: 'get', handle: () => ({ status: 200, result: { name: 'x' } }) });
    // @ts-expect-error There is no body.
    defineRoute({ ...COMMON, method: 'get', handle: ({ body }) => ({ status: 204, headers: body.name }) });
    // @ts-expect-error Nobody may be calling.
    defineRoute({ ...COMMON, method: 'get', access: 'guests', handle: ({ caller }) => caller.memberId });
    expect.assertions(0);
  });

  it('refuses fields that nobody named, unless an older contract has them', () => {
    const body = z.object({ name: z.string() });
    const given = { name: 'x', role: 'operator' };
    const definition = { ...COMMON, method: 'post', body, handle: () => ({ status: 204 as const }) } as const;
    const strict = defineRoute(definition);
    expect(() => parse(strict.body ?? z.never(), given)).toThrow(
      expect.objectContaining({ code: 'request_invalid' }),
    );
    const lenient = defineRoute({ ...definition, unknownFields: 'ignored' });
    expect(parse(lenient.body ?? z.never(), given)).toEqual({ name: 'x' });
  });

  it('keeps the first answer of every POST, unless told otherwise', () => {
    const idempotencyOf = (method: 'get' | 'post' | 'put') =>
      defineRoute({ ...COMMON, method, handle: () => ({ status: 204 }) }).idempotency;
    expect([idempotencyOf('post'), idempotencyOf('get'), idempotencyOf('put')]).toEqual([
      'around',
      'none',
      'none',
    ]);
  });
});
