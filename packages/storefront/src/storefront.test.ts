import { describe, expect, it } from '@jest/globals';
import { createStorefront } from './storefront.ts';

const storefront = createStorefront({ paymentWindowUrl: 'http://window.example/?a=1&b="2"' });
const asking = { acceptLanguage: 'en', ifNoneMatch: undefined };
const get = (path: string, more: object = {}) => storefront.answer(path, { ...asking, ...more });

describe('the storefront', () => {
  it('answers its pages in the language asked for, under a policy that allows nothing inline', () => {
    const page = get('/kimchi/1');
    expect(page?.content.toString()).toContain('<html lang="en">');
    expect(get('/', { acceptLanguage: undefined })?.content.toString()).toContain('<html lang="ko">');
    expect(page?.headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      Vary: 'Accept-Language',
    });
    expect(page?.headers['Content-Security-Policy']).toContain("script-src 'self';");
    expect(page?.headers['Content-Security-Policy']).not.toContain('unsafe');
  });

  it('names the payment window, as text', () => {
    expect(get('/')?.content.toString()).toContain('content="http://window.example/?a=1&#38;b=&#34;2&#34;"');
  });

  it('asks for every module at once, and each is JavaScript', () => {
    const html = get('/')?.content.toString() ?? '';
    const modules = [...html.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, path = '']) => path);
    expect(modules.length).toBeGreaterThan(20);
    for (const path of modules) {
      const module = get(path);
      expect(module?.headers['Content-Type']).toBe('text/javascript; charset=utf-8');
      const code = module?.content.toString() ?? '';
      for (const [, from = ''] of code.matchAll(/^(?:import|export)[^;]*? from '([^']+)';/gm)) {
        expect(modules).toContain(new URL(from, `http://here.invalid${path}`).pathname);
      }
    }
    expect(modules).toContain('/shop/client/index.ts');
    // What holds types alone is asked for by nobody.
    expect(modules).not.toContain('/shop/client/call-types.ts');
  });

  it.each([
    '/shop',
    '/shop/',
    '/shop/index.html',
    '/shop/main.test.ts',
    '/shop/client/client.test.ts',
    '/shop/client/api-types.d.ts',
    '/shop/client/../package.json',
    '/shop/../package.json',
    '/shop/%2e%2e/storefront.ts',
    '/kimchi/one',
    '/orders/a/b',
    '/api/kimchi',
    '//',
  ])('has nothing at %s', (path) => {
    expect(get(path)).toBeUndefined();
  });

  it('answers 304 while nothing has changed', () => {
    const { ETag = '' } = get('/shop/style.css')?.headers ?? {};
    expect(get('/shop/style.css', { ifNoneMatch: `"other", W/${ETag}` })?.status).toBe(304);
    expect(get('/shop/style.css', { ifNoneMatch: '"other"' })?.status).toBe(200);
  });

  it('has a page for addresses where nothing is', () => {
    expect(storefront.notFound(asking)).toMatchObject({ status: 404 });
  });
});
