import type { Route } from '../http/exchange.ts';
import { faultSchema } from './fault.ts';
import type { Faults } from './faults.ts';

export function faultRoutes(faults: Faults): Route[] {
  const path = '/sandbox/faults';
  return [
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        const parsed = faultSchema.safeParse(body);
        if (parsed.success) return { status: 201, body: faults.add(parsed.data) };
        return {
          status: 400,
          body: { code: 'FAULT_INVALID', message: parsed.error.issues[0]?.message ?? '' },
        };
      },
    },
    { method: 'GET', path, handle: () => ({ status: 200, body: { faults: faults.list() } }) },
    {
      method: 'DELETE',
      path,
      handle: () => {
        faults.clear();
        return { status: 204, body: undefined };
      },
    },
  ];
}
