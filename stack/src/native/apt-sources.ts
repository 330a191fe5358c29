/**
 * The machine's own list of Debian archives, with the suite replaced: so no host is spelled out here, and the machine's mirror,
 * proxy and keys are used. Takes both formats of apt; archives that are not Debian's main one are left out.
 * @returns a deb822 text, empty when none of the entries is a Debian archive
 */
export function rewriteSources(files: readonly { name: string; text: string }[], suite: string): string {
  const archives = files.flatMap(({ name, text }) =>
    name.endsWith('.sources') ? fromDeb822(text) : fromOneLine(text),
  );
  const debian = archives.filter(({ uri }) => /\/debian\/?$|\/debian\/\d{8}T\d{6}Z\/?$/.test(uri));
  const unique = new Map(debian.map((archive) => [archive.uri, archive]));
  return [...unique.values()]
    .map(({ uri, signedBy }) =>
      [
        'Types: deb',
        `URIs: ${uri}`,
        `Suites: ${suite}`,
        'Components: main',
        `Signed-By: ${signedBy ?? DEFAULT_KEYRING}`,
        '',
      ].join('\n'),
    )
    .join('\n');
}

interface Archive {
  readonly uri: string;
  readonly signedBy: string | undefined;
}

const DEFAULT_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

function fromDeb822(text: string): Archive[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map(
      paragraph
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .map((line) => /^([A-Za-z-]+):\s*(.*)$/.exec(line))
        .flatMap((match): [string, string][] =>
          match === null ? [] : [[(match[1] ?? '').toLowerCase(), match[2] ?? '']],
        ),
    );
    if (!(fields.get('types') ?? '').split(/\s+/).includes('deb') || fields.get('enabled') === 'no')
      return [];
    return (fields.get('uris') ?? '')
      .split(/\s+/)
      .filter((uri) => uri !== '')
      .map((uri) => ({ uri, signedBy: fields.get('signed-by') }));
  });
}

function fromOneLine(text: string): Archive[] {
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+/.exec(line.trim());
    if (match === null) return [];
    const signedBy = /signed-by=(\S+)/.exec(match[1] ?? '')?.[1];
    return [{ uri: match[2] ?? '', signedBy }];
  });
}
