/** What a statement does to which table, such as `INSERT inbox`; just the verb where it names none. */
export function nameStatement(sql: string): string {
  const [verb = ''] = /^\w+/.exec(sql.trim()) ?? [];
  const [, table] = /\b(?:FROM|INTO|UPDATE)\s+`?([a-z_]+)/i.exec(sql) ?? [];
  return table === undefined ? verb.toUpperCase() : `${verb.toUpperCase()} ${table}`;
}
