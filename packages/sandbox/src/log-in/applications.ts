/** A service that is registered with a provider. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Two, so that a code of the one can be tried by the other. */
export const APPLICATIONS: readonly Application[] = [
  { clientId: 'jangbu-sandbox', clientSecret: 'jangbu-sandbox-secret' },
  { clientId: 'other-shop', clientSecret: 'other-shop-secret' },
];

export function findApplication(clientId: string | undefined): Application | undefined {
  return APPLICATIONS.find((application) => application.clientId === clientId);
}

/** Registered are the addresses of this machine and no others: there is nothing else that a sandbox should send a browser to. */
export function isRegistered(redirectUri: string | undefined): redirectUri is string {
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
