/** How the cookies of this service are named and guarded. */
export interface Cookies {
  readonly session: Cookie;
  /** The secret of a browser that logs in. */
  readonly browser: Cookie;
}

export interface Cookie {
  readonly name: string;
  read(header: string | undefined): string | undefined;
  /** A Set-Cookie header. */
  set(value: string, maxAgeMs: number): string;
  clear(): string;
}

/**
 * Over TLS the names begin with `__Host-`, so that no neighbour of the domain can plant one. Without TLS, as the sandbox on this
 * machine, browsers would refuse both that and Secure. Lax, and not Strict: a browser comes back from a provider with its cookies.
 */
export function cookies({ isSecure }: { readonly isSecure: boolean }): Cookies {
  return {
    session: cookie(isSecure, 'jangbu-session'),
    browser: cookie(isSecure, 'jangbu-log-in'),
  };
}

function cookie(isSecure: boolean, plainName: string): Cookie {
  const name = isSecure ? `__Host-${plainName}` : plainName;
  const guards = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    name,
    read: (header) => valueIn(header, name),
    set: (value, maxAgeMs) => `${name}=${value}; Max-Age=${Math.floor(maxAgeMs / 1_000)}; ${guards}`,
    clear: () => `${name}=; Max-Age=0; ${guards}`,
  };
}

/** Undefined also where the name comes twice: one of them was planted, and nothing tells which. */
function valueIn(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}
