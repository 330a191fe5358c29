export type PathValues = Readonly<Record<string, string | number>>;
export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** A path of the document with its parameters filled in, and a query without what is undefined. @throws TypeError */
export function urlOf(path: string, params: PathValues, query: QueryValues): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, params[name]));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

function segmentOf(name: string, value: string | number | undefined): string {
  const text = String(value ?? '');
  // However they are escaped, a URL takes the dots for a way upwards: another route would be called.
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name}: ${JSON.stringify(text)} cannot stand in a path.`);
  return encodeURIComponent(text);
}
