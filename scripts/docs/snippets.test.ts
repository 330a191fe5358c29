import { describe, expect, it } from '@jest/globals';
import { filesBelow, read } from './pages.ts';

/** A code block that names its file in the line above, such as `From [first-entry.ts](examples/first-entry.ts):` */
const SNIPPET = /\]\(([\w./-]*examples\/[\w./-]+)\)[^\n]*:\n\n```\w*\n([\s\S]*?)```/g;

describe('snippets of the documentation', () => {
  const snippets = filesBelow('.', (path) => path.endsWith('.md')).flatMap((page) =>
    [...read(page).matchAll(SNIPPET)].map(([, file = '', code = '']) => ({ page, file, code })),
  );

  it('are there', () => {
    expect(snippets.map(({ page }) => page)).toContain('README.md');
  });

  it.each(snippets)('$page shows $file as it runs', ({ file, code }) => {
    expect(read(file.replace(/^(\.\.\/)+/, ''))).toContain(code);
  });
});
