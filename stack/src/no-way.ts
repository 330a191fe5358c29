/** The one message for a machine where no way works. */
export function noWay(reasons: Readonly<Partial<Record<'docker' | 'native', string>>>): string {
  return [
    'The servers could not be started.',
    ...Object.entries(reasons).map(([way, reason]) => `${way}: ${reason}`),
    '',
    'Three ways out:',
    '  1. Name servers of your own: DATABASE_URL=mysql://root@host:3306 KAFKA_BROKERS=host:9092 CONNECT_URL=http://host:8083',
    '  2. Start Docker, and let it have the images of docker-compose.yml.',
    '  3. Use a Linux machine with apt, whose sources hold a Debian archive; Java and Maven are fetched where they are missing.',
    '(npm start -- --embedded needs MySQL only.)',
  ].join('\n');
}
