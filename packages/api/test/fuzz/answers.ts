import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../../src/http/openapi/document.ts';
import type { WireAnswer } from '../support/send.ts';
import type { Schema } from './values.ts';

/** Holds answers against the document: status, type and body have to be described, and nothing may stand in a body beside. */
export function createAnswerCheck(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(closed(structuredClone({ ...document })) as object, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string) => {
    const validator = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, validator);
    return validator;
  };

  function contentFaults(at: readonly string[], content: Described['content'], answer: WireAnswer): string[] {
    const { headers, text } = answer;
    if (content === undefined) return text === '' ? [] : [`has a body: ${text}`];
    const type = String(headers['content-type'] ?? '').replace(/;.*/, '');
    if (!(type in content)) return [`is ${type}, which is not described`];
    if (!type.endsWith('json')) return [];
    const validate = validatorOf(`/${[...at, 'content', type, 'schema'].map(escaped).join('/')}`);
    return validate(JSON.parse(text)) ? [] : [`${ajv.errorsText(validate.errors)}: ${text.slice(0, 500)}`];
  }

  /** What is wrong with an answer; nothing where it is described. */
  return function faultsOf(path: string, method: string, answer: WireAnswer): string[] {
    const { status, text } = answer;
    if (status === 500) return [`answered 500: ${text}`];
    const described = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)] as
      | Described
      | undefined;
    if (described === undefined) return [`answered ${status}, which is not described: ${text.slice(0, 500)}`];
    const at = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    return [...headerFaults(described, answer), ...contentFaults(at, described.content, answer)];
  };
}

interface Described {
  readonly content?: Readonly<Record<string, Schema>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}

function headerFaults(response: Described, { headers, status }: WireAnswer): string[] {
  const described = new Set(Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()));
  const owed = ['x-request-id', 'ratelimit', 'retry-after', 'location', 'etag', 'idempotency-replayed'];
  return owed
    .filter((name) => headers[name] !== undefined && !described.has(name))
    .map((name) => `has ${name}, which ${status} does not describe`)
    .concat(headers['x-request-id'] === undefined ? ['has no X-Request-Id'] : []);
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The document lets answers gain fields; here nothing may stand in one that the document does not name. Problems have details. */
function closed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => closed(one));
  if (
    typeof value !== 'object' ||
    value === null ||
    name === 'Problem' ||
    name === 'application/problem+json'
  )
    return value;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, closed(part, key)]),
  );
  if (copy['type'] === 'object' && copy['properties'] !== undefined) copy['additionalProperties'] ??= false;
  return copy;
}
