import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns zod's schemas into JSON Schema, and collects those that have a name. */
export interface JsonSchemas {
  of(schema: z.ZodType): JsonSchema;
  /** What `of` met so far, by name. */
  readonly named: Readonly<Record<string, JsonSchema>>;
}

const IN_COMPONENTS = '#/components/schemas/';

export function createJsonSchemas(): JsonSchemas {
  const named: Record<string, JsonSchema> = {};
  return {
    named,
    of(schema) {
      // What is sent is shown, in both directions: a handler's result is not parsed before it goes out.
      const {
        $schema: _,
        $defs,
        ...json
      } = z.toJSONSchema(schema, { io: 'input', override: withoutPattern });
      for (const [name, one] of Object.entries($defs ?? {})) named[name] = pointed(one) as JsonSchema;
      return pointed(json) as JsonSchema;
    },
  };
}

/** `format` says it; the patterns of dates are long. */
function withoutPattern({ jsonSchema }: { jsonSchema: { format?: unknown; pattern?: unknown } }): void {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
}

function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', IN_COMPONENTS) : pointed(part),
    ]),
  );
}
