import { PROBLEMS } from '../problem-table.ts';
import type { Route } from '../route.ts';
import { createJsonSchemas } from './json-schemas.ts';
import { type Operation, operationOf } from './operation.ts';
import { OF_NO_ROUTE } from './problems-of.ts';

/** An OpenAPI document, as far as this code looks into it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface DocumentOptions {
  /** In the sandbox nobody has to log in. */
  readonly isSandbox: boolean;
}

/** Everything that the routes say of themselves, as OpenAPI 3.1. */
export function toOpenApi(routes: readonly Route[], { isSandbox }: DocumentOptions): OpenApiDocument {
  const schemas = createJsonSchemas();
  const paths = Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map((route) => [route.method, operationOf(route, schemas, isSandbox)])),
    ]),
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Jangbu',
      version: '0.1.0',
      description:
        'The kimchi mall over HTTP. Success is `{"result": …}`; a refusal is a problem by RFC 9457 with a stable `code`, whose `type` leads to a page that says when it comes and what to do.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { ...schemas.named, Problem: PROBLEM },
      securitySchemes: SECURITY_SCHEMES,
      headers: HEADERS,
      parameters: PARAMETERS,
      examples: examplesOf(paths),
    },
  };
}

const PROBLEM = {
  type: 'object',
  description: 'A problem by RFC 9457. Some have details beside these members.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Where the problem is explained.' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'For people; it may change.' },
    instance: { type: 'string', description: 'The request’s id.' },
    code: { type: 'string', description: 'For programs; it does not change.' },
    errors: {
      type: 'array',
      description: 'With request_invalid: each field that is wrong.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    shortages: {
      type: 'array',
      description: 'With stock_insufficient: each kimchi of which less is left than was wanted.',
      items: {
        type: 'object',
        required: ['kimchiId', 'wanted', 'available'],
        properties: {
          kimchiId: { type: 'integer' },
          wanted: { type: 'integer' },
          available: { type: 'integer' },
        },
      },
    },
    providerCode: {
      type: 'string',
      description: 'With payment_refused and cancel_refused: why, as the payment provider’s code.',
    },
    providerMessage: { type: 'string', description: 'The same in its words.' },
  },
} as const;

const SECURITY_SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-jangbu-session',
    description: 'A browser that is logged in. Without TLS the name has no prefix.',
  },
  forgeryToken: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description:
      'What changes something and is known by a session’s cookie has to show the csrfToken of GET /api/me.',
  },
} as const;

const HEADERS = {
  RequestId: {
    description: 'The request’s id: the caller’s own X-Request-Id where it is sound, else a fresh one.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' },
  },
  IdempotencyReplayed: {
    description: 'There when the answer is the first one to this Idempotency-Key.',
    schema: { type: 'string', const: 'true' },
  },
  ETag: { description: 'Tells this content from another.', schema: { type: 'string' } },
  RateLimit: {
    description: 'How many requests are left of the minute (r), and how many seconds it lasts yet (t).',
    schema: { type: 'string', examples: ['"minute";r=599;t=60'] },
  },
  RateLimitPolicy: {
    description: 'How many requests (q) a caller may make in so many seconds (w).',
    schema: { type: 'string', examples: ['"minute";q=600;w=60'] },
  },
  RetryAfter: {
    description: 'Seconds after which trying the same again makes sense.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
} as const;

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes the same request, sent again by the same caller, give the first answer. Kept for 24 hours; a refusal leaves it free.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of an answer that the client has: where it is still the same, the answer is 304.',
    schema: { type: 'string' },
  },
} as const;

/** One of each problem that the paths refer to, and of those that come before any path. */
function examplesOf(paths: OpenApiDocument['paths']): Record<string, unknown> {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(PROBLEMS)
      .filter(([code]) => isOfNoRoute(code) || text.includes(`#/components/examples/${code}"`))
      .map(([code, { status, title }]) => [
        code,
        {
          summary: title,
          value: {
            type: `/problems/${code}`,
            title,
            status,
            detail: `${title}.`,
            instance: '1381a7d1-20ce-4ef9-8126-cd0839d0eabd',
            code,
          },
        },
      ]),
  );
}

function isOfNoRoute(code: string): boolean {
  return (OF_NO_ROUTE as readonly string[]).includes(code);
}
