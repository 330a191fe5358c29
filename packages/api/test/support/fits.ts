import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../../src/http/openapi/document.ts';
import type { DescribedOperation } from './operations.ts';

/** Whether what a request says fits the document's schemas. Formats are not looked at: what passes here may still be refused. */
export function createFits(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document as object, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const fits = (at: readonly (string | number)[], value: unknown): boolean => {
    const pointer = at.map(escaped).join('/');
    const validator = compiled.get(pointer) ?? ajv.compile({ $ref: `document#/${pointer}` });
    compiled.set(pointer, validator);
    return validator(value);
  };
  const placeOf = ({ path, method }: DescribedOperation) => ['paths', path, method.toLowerCase()];
  return {
    body: (operation: DescribedOperation, body: unknown): boolean =>
      fits([...placeOf(operation), 'requestBody', 'content', 'application/json', 'schema'], body),
    /** A parameter comes as text; one that is a number is so as its digits. */
    parameter(operation: DescribedOperation, name: string, text: string): boolean {
      const index = operation.operation.parameters.findIndex((one) => one['name'] === name);
      const at = [...placeOf(operation), 'parameters', index, 'schema'];
      return fits(at, text) || (/^-?\d+$/.test(text) && fits(at, Number(text)));
    },
  };
}

const escaped = (part: string | number) =>
  encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
