export { findDatabaseUrl } from './find-database.ts';
export { PARTS, type Part, type StackAddresses } from './parts.ts';
export { choosePort } from './ports.ts';
export { findStack, type Stack, type StackOptions, startStack } from './stack.ts';
export { type Versions, versions } from './versions.ts';
