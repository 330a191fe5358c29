/** What Kafka Connect says of a connector. */
export interface ConnectorState {
  /** RUNNING, FAILED, PAUSED, UNASSIGNED, STOPPED; MISSING when there is none; UNREACHABLE when no worker answers. */
  readonly connector: string;
  readonly tasks: readonly string[];
  /** The first line of what made it fail. */
  readonly message?: string;
}

interface StatusAnswer {
  connector: { state: string; trace?: string };
  tasks: { id: number; state: string; trace?: string }[];
}

/** Never throws: a worker that cannot be reached is a state too. */
export async function connectorState(connectUrl: string, name: string): Promise<ConnectorState> {
  try {
    const response = await request(connectUrl, 'GET', `/connectors/${encodeURIComponent(name)}/status`);
    if (response.status === 404) return { connector: 'MISSING', tasks: [] };
    if (!response.ok)
      return { connector: 'UNREACHABLE', tasks: [], message: `Connect answered ${response.status}` };
    const { connector, tasks } = (await response.json()) as StatusAnswer;
    const trace = [connector, ...tasks].find((part) => part.trace !== undefined)?.trace;
    const message = trace?.split('\n').find((line) => line !== '');
    return {
      connector: connector.state,
      tasks: tasks.map(({ state }) => state),
      ...(message === undefined ? {} : { message }),
    };
  } catch (error) {
    return { connector: 'UNREACHABLE', tasks: [], message: (error as Error).message };
  }
}

interface OffsetsAnswer {
  offsets: { offset: { gtids?: string; snapshot?: unknown } | null }[];
}

/**
 * What the connector has read of the binlog, as GTIDs. Undefined where Connect does not answer, the connector has read nothing yet, or is in
 * the middle of a snapshot.
 */
export async function connectorGtids(connectUrl: string, name: string): Promise<string | undefined> {
  try {
    const response = await request(connectUrl, 'GET', `/connectors/${encodeURIComponent(name)}/offsets`);
    if (!response.ok) return undefined;
    const { offsets } = (await response.json()) as OffsetsAnswer;
    const position = offsets[0]?.offset;
    return position?.snapshot === undefined ? position?.gtids : undefined;
  } catch {
    return undefined;
  }
}

/** Creates the connector or changes its configuration; doing it again changes nothing. */
export async function putConnector(
  connectUrl: string,
  name: string,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  await mustSucceed(
    await request(connectUrl, 'PUT', `/connectors/${encodeURIComponent(name)}/config`, config),
    `register ${name}`,
  );
}

/** Restarts what failed of the connector and its tasks, and nothing else. */
export async function restartFailed(connectUrl: string, name: string): Promise<void> {
  const path = `/connectors/${encodeURIComponent(name)}/restart?includeTasks=true&onlyFailed=true`;
  await mustSucceed(await request(connectUrl, 'POST', path), `restart ${name}`);
}

export async function deleteConnector(connectUrl: string, name: string): Promise<void> {
  const response = await request(connectUrl, 'DELETE', `/connectors/${encodeURIComponent(name)}`);
  if (response.status !== 404) await mustSucceed(response, `delete ${name}`);
}

function request(connectUrl: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(new URL(path, connectUrl), {
    method,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function mustSucceed(response: Response, what: string): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  // Connect may repeat the configuration that it refuses, and with it the password.
  throw new Error(
    `Connect did not ${what}: ${response.status} ${text.slice(0, 300).replaceAll(/password[^,}\n]*/gi, 'password …')}`,
  );
}
