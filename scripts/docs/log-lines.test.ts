import { describe, expect, it } from '@jest/globals';
import { filesBelow, read, rowsOf, wordOf } from './pages.ts';

describe('docs/operating/status-and-logs.md', () => {
  const isSource = (path: string) => path.endsWith('.ts') && !path.endsWith('.test.ts');
  const sources = ['packages/api/src', 'packages/relay/src', 'connect/src']
    .flatMap((folder) => filesBelow(folder, isSource))
    .map(read)
    .join('\n');
  const messages = rowsOf(read('docs/operating/status-and-logs.md'))
    .map(([message]) => wordOf(message))
    // The connector's states are Connect's words.
    .filter((message) => message !== 'RUNNING RUNNING');

  it('has rows', () => expect(messages.length).toBeGreaterThan(15));

  it.each(messages)('explains a message that is logged: %s', (message) => {
    expect(sources).toContain(message);
  });
});
