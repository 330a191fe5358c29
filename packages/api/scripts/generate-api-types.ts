import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describeApi } from '../src/describe-api.ts';

const HEAD =
  '// Written by packages/api/scripts/write-api-types.ts from the OpenAPI document, and held to it by a test.\n\n';

const PROBLEM = {
  description: 'A problem, which its `code` tells',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The TypeScript types of every operation in the OpenAPI document: what each takes and gives, and problems as one type. */
export async function generateApiTypes(): Promise<string> {
  const document = JSON.parse(JSON.stringify(describeApi()));
  for (const path of Object.values<Record<string, Operation>>(document.paths)) {
    for (const operation of Object.values(path)) operation.responses = withOneProblem(operation.responses);
  }
  for (const part of ['headers', 'examples']) delete document.components[part];
  return HEAD + astToString(await openapiTS(document as OpenAPI3));
}

interface Operation {
  responses: Record<string, Readonly<Record<string, unknown>>>;
}

/** A client tells problems apart by their code, and seldom reads a header. */
function withOneProblem(responses: Operation['responses']): Operation['responses'] {
  const good = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return {
    ...Object.fromEntries(good.map(([status, { headers: _, ...response }]) => [status, response])),
    default: PROBLEM,
  };
}
