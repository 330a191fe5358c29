import { describe, expect, it } from '@jest/globals';
import { releaseOf } from './chromium.ts';

describe('releaseOf', () => {
  it.each([
    ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n', '12'],
    ['ID=debian\nVERSION_CODENAME=forky\n', 'forky'],
    ['NAME=Other\nVERSION_ID=24.04\n', '24.04'],
    ['', 'unnumbered'],
  ])('names the release of %j', (text, release) => {
    expect(releaseOf(text)).toBe(release);
  });
});
