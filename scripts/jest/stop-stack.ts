import type { Stack } from '@jangbu/stack';

export default async function stopTestStack(): Promise<void> {
  const { jangbuTestStack } = globalThis as { jangbuTestStack?: Stack };
  await jangbuTestStack?.stop();
}
