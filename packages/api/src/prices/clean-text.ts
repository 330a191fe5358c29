const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Letters that hide, that turn the direction of what follows, and that are no letters at all. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;

/**
 * Makes plain text of what somebody else wrote as HTML: tags go, entities become what they stand for, once. No angle brackets are left,
 * so that it is no markup even where somebody takes it for some. At most `largest` characters.
 */
export function cleanText(html: string, largest = 200): string {
  const plain = html
    .slice(0, 10_000)
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, decode)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(HIDDEN, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= largest
    ? plain
    : `${characters
        .slice(0, largest - 1)
        .join('')
        .trimEnd()}…`;
}

function decode(entity: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : '\uFFFD';
}

const LONGEST_LINK = 2_000;

/** A link that leads to a web page, or undefined: others, such as `javascript:`, are not passed on. */
export function cleanLink(link: string): string | undefined {
  const text = cleanText(link, LONGEST_LINK);
  if (!/^https?:\/\//i.test(text) || text.endsWith('…') || !URL.canParse(text)) return undefined;
  const { href, username, password } = new URL(text);
  return username === '' && password === '' ? href : undefined;
}
