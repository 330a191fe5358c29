import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';

export interface JvmProgram {
  readonly mainClass: string;
  readonly libs: string;
  readonly folder: string;
  readonly heapMb: number;
  readonly arguments: readonly string[];
}

/** Arguments of a Java server that shares two cores with others: one collector thread, little idle work, logs to its log file. */
export function jvmArguments({ mainClass, libs, folder, heapMb, arguments: rest }: JvmProgram): string[] {
  const logging = join(folder, 'log4j2.properties');
  writeFileSync(logging, LOGGING);
  return [
    `-Xmx${heapMb}m`,
    `-Xms${Math.min(heapMb, 128)}m`,
    '-XX:+UseSerialGC',
    // The plain compiler alone: the thorough one takes a core for minutes after each start, from those who pay meanwhile.
    '-XX:TieredStopAtLevel=1',
    '-Xshare:auto',
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logging}`,
    '-cp',
    join(libs, '*'),
    mainClass,
    ...rest,
  ];
}

const LOGGING = `rootLogger.level = INFO
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %p %m (%c{1})%n
logger.clients.name = org.apache.kafka.clients
logger.clients.level = WARN
logger.config.name = org.apache.kafka.common.config.AbstractConfig
logger.config.level = WARN
`;

/** A Java properties file from a record. */
export function properties(entries: Settings): string {
  return `${Object.entries(entries)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}
