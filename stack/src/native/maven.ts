import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, runCommand } from '../command.ts';
import { cacheFolder } from '../folders.ts';
import { versions } from '../versions.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { assertDigest } from './digest.ts';
import { installed } from './install.ts';
import { findJava } from './java.ts';

type Report = (line: string) => void;

/** Kafka's broker and Connect's worker, as jars. */
export function installKafka(report: Report): Promise<string> {
  return installed(
    `kafka-${versions.kafka}`,
    async (folder) => {
      const pom = join(folder, 'pom.xml');
      writeFileSync(pom, POM);
      await maven(report, [
        '-f',
        pom,
        `${DEPENDENCY_PLUGIN}:copy-dependencies`,
        `-DoutputDirectory=${join(folder, 'libs')}`,
      ]);
    },
    report,
  );
}

/** Debezium's connector, in a folder that is the worker's plugin.path. */
export function installDebezium(report: Report): Promise<string> {
  return installed(
    `debezium-${versions.debezium}`,
    async (folder) => {
      const artifact = `io.debezium:debezium-connector-mysql:${versions.debezium}:tar.gz:plugin`;
      await maven(
        report,
        [`${DEPENDENCY_PLUGIN}:copy`, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`],
        folder,
      );
      const archive = join(folder, `debezium-connector-mysql-${versions.debezium}-plugin.tar.gz`);
      assertDigest(archive, readFileSync(archive), versions.sha256['debezium-connector-mysql']);
      await mustRun('tar', ['-xzf', archive, '-C', folder]);
      rmSync(archive);
    },
    report,
  );
}

const DEPENDENCY_PLUGIN = `org.apache.maven.plugins:maven-dependency-plugin:${versions.mavenDependencyPlugin}`;

const DEPENDENCIES = [
  ['org.apache.kafka', `kafka_${versions.scala}`, versions.kafka],
  ['org.apache.kafka', 'connect-runtime', versions.kafka],
  ['org.apache.kafka', 'connect-json', versions.kafka],
  ['org.apache.logging.log4j', 'log4j-slf4j-impl', versions.log4j],
];

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>jangbu</groupId><artifactId>stack</artifactId><version>1</version>
  <dependencies>
${DEPENDENCIES.map(([group, artifact, version]) => `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`).join('\n')}
  </dependencies>
</project>
`;

/** The machine's Maven with the machine's settings, checksums strict; one call at a time, because they share a repository. */
let lastCall: Promise<unknown> = Promise.resolve();
function maven(report: Report, args: readonly string[], cwd?: string): Promise<unknown> {
  const call = lastCall.then(async () => {
    const { command, env } = await findMaven(report);
    const repository = join(cacheFolder(), 'maven-repository');
    await mustRun(
      command,
      ['--batch-mode', '--quiet', '--strict-checksums', `-Dmaven.repo.local=${repository}`, ...args],
      { env, ...(cwd === undefined ? {} : { cwd }) },
    );
  });
  lastCall = call.catch(() => {});
  return call;
}

async function findMaven(report: Report): Promise<{ command: string; env: Record<string, string> }> {
  const { home } = await findJava(report);
  const env: Record<string, string> = home === undefined ? {} : { JAVA_HOME: home };
  const { code } = await runCommand('mvn', ['--version'], { timeoutMs: 20_000, env });
  if (code === 0) return { command: 'mvn', env };
  const folder = await installed(
    'maven-debian',
    (target) => unpackDebianPackages(['maven'], undefined, target),
    report,
  );
  return {
    command: join(folder, 'usr/share/maven/bin/mvn'),
    env: { ...env, MAVEN_HOME: join(folder, 'usr/share/maven') },
  };
}
