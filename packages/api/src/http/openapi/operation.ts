import type { z } from 'zod';
import { PROBLEMS } from '../problem-table.ts';
import type { AnswerShape, ProblemCode, Route } from '../route.ts';
import type { JsonSchema, JsonSchemas } from './json-schemas.ts';
import { problemsByStatus } from './problems-of.ts';

/** One method of one path. */
export interface Operation {
  readonly operationId: string;
  readonly parameters: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  readonly responses: Readonly<Record<string, JsonSchema>>;
  readonly [more: string]: unknown;
}

export function operationOf(route: Route, schemas: JsonSchemas, isSandbox: boolean): Operation {
  const { access, body, description, example, summary, tags } = route;
  return {
    operationId: operationIdOf(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags,
    security: securityOf(route, isSandbox),
    ...(typeof access === 'string' ? {} : { 'x-roles': access }),
    parameters: parametersOf(route, schemas),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: {
              'application/json': { schema: schemas.of(body), ...(example === undefined ? {} : { example }) },
            },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, shape]) => [status, responseOf(shape, route, schemas)]),
      ),
      ...(route.etag ? { 304: notModified(route) } : {}),
      ...Object.fromEntries(
        problemsByStatus(route).map(([status, codes]) => [String(status), problemResponse(codes, route)]),
      ),
    },
  };
}

/** `getApiOrdersOrderId`: made from method and path, so that it is there and unique. */
function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function securityOf({ access, method }: Route, isSandbox: boolean): JsonSchema[] {
  if (access === 'anyone') return [];
  const session = method === 'get' ? { session: [] } : { session: [], forgeryToken: [] };
  return [{ token: [] }, session, ...(isSandbox || access === 'guests' ? [{}] : [])];
}

function parametersOf({ etag, params, query, idempotency }: Route, schemas: JsonSchemas): JsonSchema[] {
  return [
    ...fieldsOf(params, 'path', schemas),
    ...fieldsOf(query, 'query', schemas),
    ...(idempotency === 'none' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
    ...(etag ? [{ $ref: '#/components/parameters/IfNoneMatch' }] : []),
  ];
}

function fieldsOf(
  fields: z.ZodObject | undefined,
  place: 'path' | 'query',
  schemas: JsonSchemas,
): JsonSchema[] {
  if (fields === undefined) return [];
  return Object.entries(fields.shape).map(([name, field]) => {
    const schema = field as z.ZodType;
    const { description, ...rest } = schemas.of(schema);
    return {
      name,
      in: place,
      required: place === 'path' || !schema.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

const REQUEST_ID = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
const RATE_LIMIT = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
};
const ETAG = { ETag: { $ref: '#/components/headers/ETag' } };
const REPLAYED = { 'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' } };

/** What any answer of a route has. */
function headersOf({ access, isLimited }: Route): JsonSchema {
  return { ...REQUEST_ID, ...(isLimited || access !== 'anyone' ? RATE_LIMIT : {}) };
}

function notModified(route: Route): JsonSchema {
  return {
    description: 'The client has this already, as its If-None-Match says',
    headers: { ...headersOf(route), ...ETAG },
  };
}

function responseOf(shape: AnswerShape, route: Route, schemas: JsonSchemas): JsonSchema {
  const content = contentOf(shape, schemas);
  return {
    description: shape.description,
    headers: {
      ...headersOf(route),
      ...(route.idempotency === 'none' ? {} : REPLAYED),
      ...(route.etag ? ETAG : {}),
      ...Object.fromEntries(
        Object.entries(shape.headers ?? {}).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
    },
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
}

function contentOf(
  { result, media = [], example }: AnswerShape,
  schemas: JsonSchemas,
): Record<string, JsonSchema> {
  return {
    ...(result === undefined
      ? {}
      : {
          'application/json': {
            schema: { type: 'object', required: ['result'], properties: { result: schemas.of(result) } },
            ...(example === undefined ? {} : { example: { result: example } }),
          },
        }),
    ...Object.fromEntries(
      media.map((type) => [
        type.replace(/;.*/, ''),
        { schema: { type: type.startsWith('application/json') ? 'object' : 'string' } },
      ]),
    ),
  };
}

function problemResponse(codes: readonly ProblemCode[], route: Route): JsonSchema {
  const isWorthRetrying = codes.some((code) => PROBLEMS[code].retryAfter !== undefined);
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    headers: {
      ...headersOf(route),
      ...(isWorthRetrying ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }],
          required: ['code'],
          properties: { code: { enum: codes } },
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
