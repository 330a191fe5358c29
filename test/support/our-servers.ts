/** Servers that the environment names are not ours to kill, and need not reach one of ours. */
export const areServersOurs = ['DATABASE_URL', 'KAFKA_BROKERS', 'CONNECT_URL'].every(
  (name) => !process.env[name],
);
