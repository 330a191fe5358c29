import { connect, createServer, type Socket } from 'node:net';
import { tieTogether, urlThrough } from './between.ts';

/** A statement as MySQL is sent it. */
export interface TappedStatement {
  /** Which of the connections, from 1. */
  readonly connection: number;
  readonly sql: string;
}

/** Stands between the API and MySQL, notes the statements that go by, and holds some back for a while. */
export interface StatementTap {
  /** The database's URL through the tap. */
  readonly url: string;
  readonly statements: TappedStatement[];
  /** Holds back statements that match, each with what follows it on its connection, until it is told to let them through. */
  hold(pattern: RegExp): Held;
  close(): void;
}

export interface Held {
  readonly count: number;
  release(): void;
}

export async function tapStatements(databaseUrl: string): Promise<StatementTap> {
  const target = new URL(databaseUrl);
  const statements: TappedStatement[] = [];
  const sockets = new Set<Socket>();
  let held: { pattern: RegExp; waiting: (() => void)[] } | undefined;
  let connections = 0;

  const server = createServer((near) => {
    const connection = ++connections;
    const far = connect(Number(target.port), target.hostname);
    tieTogether(sockets, near, far);
    far.pipe(near);
    let rest = Buffer.alloc(0);
    let isHeld = false;
    const pass = (packet: Buffer) => {
      const sql = statementIn(packet);
      if (sql !== undefined) statements.push({ connection, sql });
      const holding = sql !== undefined && held?.pattern.test(sql) === true ? held : undefined;
      if (holding === undefined) far.write(packet);
      isHeld = holding !== undefined;
      holding?.waiting.push(() => {
        isHeld = false;
        far.write(packet);
        forward();
      });
    };
    const forward = () => {
      for (let packet = firstPacket(rest); packet !== undefined && !isHeld; packet = firstPacket(rest)) {
        rest = rest.subarray(packet.length);
        pass(packet);
      }
    };
    near.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      forward();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlThrough(server, databaseUrl),
    statements,
    hold(pattern) {
      const holding = { pattern, waiting: [] as (() => void)[] };
      held = holding;
      return {
        get count() {
          return holding.waiting.length;
        },
        release() {
          held = undefined;
          for (const letThrough of holding.waiting) letThrough();
        },
      };
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const HEADER_BYTES = 4;
const COM_QUERY = 3;

/** MySQL's packets begin with their length in three bytes and a number, which is 0 where a command begins. */
function firstPacket(bytes: Buffer): Buffer | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const length = HEADER_BYTES + bytes.readUIntLE(0, 3);
  return bytes.length < length ? undefined : bytes.subarray(0, length);
}

function statementIn(packet: Buffer): string | undefined {
  if (packet[3] !== 0 || packet[HEADER_BYTES] !== COM_QUERY) return undefined;
  // Before the text stands how many attributes it has, which are none.
  const text = packet.subarray(HEADER_BYTES + 1).toString();
  return text
    .replace(/^[^A-Z]+/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
