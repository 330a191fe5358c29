import { join } from 'node:path';
import type { Part } from '../parts.ts';
import type { Launch } from '../processes.ts';
import { connectLaunch } from './connect.ts';
import { findJava } from './java.ts';
import { kafkaLaunch } from './kafka.ts';
import { installDebezium, installKafka } from './maven.ts';
import { installMysql, mysqlLaunch } from './mysql.ts';

type Report = (line: string) => void;

/** Fetches what a part needs, which may take minutes, and then knows how to start it on a port. */
export async function prepareLaunch(
  part: Part,
  { folder, kafkaBrokers, report }: { folder: string; kafkaBrokers: () => string; report: Report },
): Promise<(port: number) => Promise<Launch>> {
  if (part === 'mysql') {
    const software = await installMysql(report);
    return (port) => mysqlLaunch(software, join(folder, 'mysql'), port);
  }
  const [{ java }, kafkaSoftware] = await Promise.all([findJava(report), installKafka(report)]);
  if (part === 'kafka') return (port) => kafkaLaunch(kafkaSoftware, java, join(folder, 'kafka'), port);
  const debezium = await installDebezium(report);
  return async (port) =>
    connectLaunch({
      java,
      kafkaSoftware,
      debezium,
      folder: join(folder, 'connect'),
      port,
      kafkaBrokers: kafkaBrokers(),
    });
}
