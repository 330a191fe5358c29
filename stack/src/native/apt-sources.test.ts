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

  it('leaves out what is switched off, and source packages', () => {
    const text = DEB822.replace('Types: deb\n#', 'Enabled: no\nTypes: deb\n#');
    expect(rewriteSources([{ name: 'debian.sources', text }], 'sid')).toBe('');
    expect(
      rewriteSources([{ name: 'x.list', text: 'deb-src http://a.example/debian sid main' }], 'sid'),
    ).toBe('');
  });

  it('names an archive once, whose suites stand in several lines, and keeps its key', () => {
    const text =
      'deb [signed-by=/k.gpg] http://a.example/debian bookworm main\ndeb [signed-by=/k.gpg] http://a.example/debian bookworm-updates main';
    expect(rewriteSources([{ name: 'sources.list', text }], 'sid').match(/^URIs:/gm)).toHaveLength(1);
    expect(rewriteSources([{ name: 'sources.list', text }], 'sid')).toContain('Signed-By: /k.gpg');
  });

  it('takes a dated snapshot of the archive, and the usual key where none is named', () => {
    const text = 'deb http://s.example/archive/debian/20260501T000000Z/ bookworm main';
    expect(rewriteSources([{ name: 'sources.list', text }], 'sid')).toBe(
      'Types: deb\nURIs: http://s.example/archive/debian/20260501T000000Z/\nSuites: sid\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n',
    );
  });
});
