import { describe, expect, it } from '@jest/globals';
import { rewriteSources } from './apt-sources.ts';

const DEB822 = `Types: deb
# http://snapshot.example/archive/debian/20250520T000000Z
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /keys/debian.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;

describe('rewriteSources', () => {
  it('keeps the mirror and its key, and replaces the suite', () => {
    expect(rewriteSources([{ name: 'debian.sources', text: DEB822 }], 'sid')).toBe(
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: sid\nComponents: main\nSigned-By: /keys/debian.gpg\n',
    );
  });

  it('reads the one-line format, and leaves out what is not Debian', () => {
    const text =
      '# deb http://old.example/debian x main\ndeb [arch=amd64 signed-by=/k.gpg] http://a.example/debian/ trixie main\ndeb http://b.example/node_20.x nodistro main';
    expect(rewriteSources([{ name: 'sources.list', text }], 'sid')).toContain(
      'URIs: http://a.example/debian/\nSuites: sid',
    );
    expect(rewriteSources([{ name: 'sources.list', text }], 'sid')).not.toContain('b.example');
  });

  it('is empty where nothing is a Debian archive', () => {
    expect(rewriteSources([{ name: 'x.list', text: 'deb http://b.example/ubuntu noble main' }], 'sid')).toBe(
      '',
    );
  });
});
