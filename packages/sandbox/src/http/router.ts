import type { Route } from './exchange.ts';

export type Match =
  | { readonly found: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly found: 'other-methods'; readonly allowed: readonly string[] }
  | { readonly found: 'nothing' };

type Segments = readonly string[];

/**
 * Finds the route of a method and path; the first of the list wins. There are a dozen routes in all, so a list is enough, and the
 * sandbox shares its cores with what is measured against it, so a framework would be paid for in every figure.
 */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const compiled = routes.map((route) => ({ route, pattern: segmentsOf(route.path) }));
  return (method, path) => {
    const segments = segmentsOf(path);
    const allowed: string[] = [];
    for (const { route, pattern } of compiled) {
      const params = matchSegments(pattern, segments);
      if (params === undefined) continue;
      if (route.method === method) return { found: 'route', route, params };
      allowed.push(route.method);
    }
    return allowed.length > 0 ? { found: 'other-methods', allowed } : { found: 'nothing' };
  };
}

function matchSegments(pattern: Segments, segments: Segments): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':') && actual !== '') params[expected.slice(1)] = decode(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}

function segmentsOf(path: string): Segments {
  return path.split('/').slice(1);
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
