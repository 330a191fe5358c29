import { choosePort } from '@jangbu/stack';
import { type Service, startService } from '../../scripts/system/service.ts';
import { planServices, type ServiceName } from '../../scripts/system/services.ts';
import type { Ground } from './lesson.ts';

export interface Processes {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  /** The till of a lesson, in one of its ways (till.ts). */
  startTill(way: string): Promise<{ readonly url: string; readonly service: Service }>;
  start(name: ServiceName, environment?: Readonly<Record<string, string>>): Promise<Service>;
  /** Ends all of them. */
  end(): Promise<void>;
}

/** The processes that a lesson starts, on free ports. */
export async function openProcesses({ database, addresses, folder }: Ground): Promise<Processes> {
  const [api, relay, sandbox] = await Promise.all([choosePort([]), choosePort([]), choosePort([])]);
  const ports = { api, relay, sandbox };
  const plans = planServices({ database, addresses, source: 'embedded', ports, folder, logLevel: 'warn' });
  const started: Service[] = [];
  const sandboxUrl = `http://127.0.0.1:${sandbox}`;
  return {
    apiUrl: `http://127.0.0.1:${api}`,
    sandboxUrl,
    async startTill(way) {
      const port = await choosePort([]);
      const url = `http://127.0.0.1:${port}`;
      const service = await startService({
        name: `till-${way}`,
        script: 'load/lessons/till.ts',
        env: {
          TILL_WAY: way,
          TILL_PORT: String(port),
          TILL_PRICE_URL: sandboxUrl,
          TILL_DATABASE_URL: database.adminUrl,
        },
        readyUrl: `${url}/ready`,
        logFile: `${folder}/till.log`,
      });
      started.push(service);
      return { url, service };
    },
    async start(name, environment = {}) {
      const plan = plans[name];
      const service = await startService({ ...plan, env: { ...plan.env, ...environment } });
      started.push(service);
      return service;
    },
    end: async () => void (await Promise.all(started.map((service) => service.stop()))),
  };
}
