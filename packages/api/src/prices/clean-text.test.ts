import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanLink, cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['<b>포기김치</b> 1kg', '포기김치 1kg'],
    ['아삭 &amp; 시원한 <b>김치</b>', '아삭 & 시원한 김치'],
    ['전라도 &lt;직송&gt; 김치', '전라도 ‹직송› 김치'],
    ['&quot;HACCP&quot; &#39;인증&#39; &#x1F336;', '"HACCP" \'인증\' 🌶'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['<script>alert(1)</script>', 'alert(1)'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '‹script›alert(1)‹/script›'],
    ['<img src=x onerror=alert(1)>김치', '김치'],
    ['<b', '‹b'],
    ['1 < 2 > 1', '1 ‹ 2 › 1'],
    ['a\u202Eb\u200Bc\u0000d\n\te', 'a b c d e'],
    ['&unknown; &#0; &#xD800; &#1114112;', '&unknown; � � �'],
    ['  김치 　 &nbsp; 1kg ', '김치 1kg'],
  ])('makes %j to %j', (html, text) => {
    expect(cleanText(html)).toBe(text);
  });

  it('cuts what is too long, and no character in two', () => {
    expect(cleanText('🌶'.repeat(300))).toBe(`${'🌶'.repeat(199)}…`);
    expect(cleanText('김'.repeat(200))).toHaveLength(200);
    expect(cleanText('<'.repeat(5_000_000))).toHaveLength(200);
  });

  it('leaves no markup and nothing hidden, whatever comes', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&lt;',
      '&gt;',
      '&amp;',
      '&#60;',
      '&#x3c;',
      'b',
      '/',
      ' ',
      '"',
      '\u202e',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        (html) => {
          const text = cleanText(html);
          expect(text).not.toMatch(/[<>\p{Cc}\p{Cf}]/u);
          expect([...text].length).toBeLessThanOrEqual(200);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('cleanLink', () => {
  it.each([
    [
      'https://search.shopping.naver.com/catalog/1?a=1&amp;b=2',
      'https://search.shopping.naver.com/catalog/1?a=1&b=2',
    ],
    ['http://example.com', 'http://example.com/'],
    ['HTTPS://EXAMPLE.COM/x', 'https://example.com/x'],
  ])('keeps %s', (link, kept) => {
    expect(cleanLink(link)).toBe(kept);
  });

  it.each([
    '',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<b>',
    '//example.com',
    '/catalog/1',
    'https://',
    'https://user:secret@example.com/',
    `https://example.com/${'x'.repeat(3_000)}`,
  ])('drops %s', (link) => {
    expect(cleanLink(link)).toBeUndefined();
  });
});
