export { findDatabaseUrl } from './find-database.ts';
export { instanceFolder, usualInstance } from './folders.ts';
export { untilItAnswers } from './health.ts';
export { type Chromium, findChromium } from './native/chromium.ts';
export { installMysql, mysqlLaunch } from './native/mysql.ts';
export { PARTS, type Part, type StackAddresses } from './parts.ts';
export { choosePort } from './ports.ts';
export {
  end as endProcess,
  identityOf,
  isRunning as isProcessRunning,
  type ProcessIdentity,
} from './processes.ts';
export { findStack, type Stack, type StackOptions, startStack } from './stack.ts';
export { type Versions, versions } from './versions.ts';
