import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { describeApi } from '../src/describe-api.ts';

const HEAD =
  '// Written by packages/api/scripts/write-client.ts from the OpenAPI document, and held to it by a test.\n\n';

const PROBLEM = {
  description: 'A problem, which its `code` tells',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What of the client comes from the OpenAPI document: its files, by name. */
export async function generateClient(): Promise<Record<string, string>> {
  return { 'api-types.d.ts': await apiTypes(), 'keyed-paths.ts': keyedPaths() };
}

/** The TypeScript types of every operation: what each takes and gives, and problems as one type with the codes of all. */
async function apiTypes(): Promise<string> {
  const document = JSON.parse(JSON.stringify(describeApi()));
  const { examples, schemas } = document.components;
  schemas.ProblemCode = { enum: Object.keys(examples) };
  schemas.Problem.properties.code = { $ref: '#/components/schemas/ProblemCode' };
  for (const path of Object.values<Record<string, Operation>>(document.paths)) {
    for (const operation of Object.values(path)) operation.responses = withOneProblem(operation.responses);
  }
  for (const part of ['headers', 'examples']) delete document.components[part];
  return HEAD + astToString(await openapiTS(document as OpenAPI3, { immutable: true }));
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

/** What a client has to know when it runs, where there are no types. */
function keyedPaths(): string {
  const paths = Object.entries(describeApi().paths)
    .filter(([, { post }]) => JSON.stringify(post?.parameters ?? []).includes('/parameters/IdempotencyKey'))
    .map(([path]) => `  '${path}',\n`);
  return `${HEAD}/** The POSTs that an \`Idempotency-Key\` makes one and the same, however often they are sent. */
export const KEYED_PATHS: ReadonlySet<string> = new Set([\n${paths.join('')}]);
`;
}
