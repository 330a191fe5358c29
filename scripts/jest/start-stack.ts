import { startStack } from '@jangbu/stack';

/** Starts the test stack once for all integration tests; each of them then finds it running. */
export default async function startTestStack(): Promise<void> {
  const stack = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
  Object.assign(globalThis, { jangbuTestStack: stack });
}
