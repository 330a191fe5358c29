import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Asset, etagOf, readAssets } from './assets.ts';
import { LANGUAGES, type Language, preferredLanguage } from './language.ts';

export interface StorefrontOptions {
  /** Where buyers pay: the sandbox's payment window, as browsers reach it. */
  readonly paymentWindowUrl: string;
}

export interface PageAnswer {
  readonly status: 200 | 304 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

/** What a browser says of itself with a request, as its headers. */
export interface Asking {
  readonly acceptLanguage: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface Storefront {
  /** What a GET of this path gets; undefined for a path that is not the shop's. */
  answer(path: string, asking: Asking): PageAnswer | undefined;
  /** The page for somebody who came to an address that nothing is at. */
  notFound(asking: Pick<Asking, 'acceptLanguage'>): PageAnswer;
}

/**
 * Nothing from elsewhere, nothing inline, and no text that becomes HTML: a browser refuses them even where a mistake of ours would let
 * them in.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The addresses that a buyer can bookmark; which of them is shown, the page decides. */
const PAGES = [
  /^\/$/,
  /^\/(cart|orders|log-in|pay)$/,
  /^\/kimchi\/\d{1,15}$/,
  /^\/orders\/[A-Za-z0-9_-]{1,64}$/,
];
const ASSETS_BELOW = '/shop/';
/** Below that, the API's client, which browsers load as it stands too. */
const CLIENT_BELOW = 'client/';
const PACKAGES = { '@jangbu/client': `${ASSETS_BELOW}${CLIENT_BELOW}index.ts` };
const PAGE_HEADERS = { 'Content-Security-Policy': POLICY, Vary: 'Accept-Language' };

/** Reads the shop's files, once; they change with a restart. */
export function createStorefront(options: StorefrontOptions): Storefront {
  const folder = join(import.meta.dirname, 'page');
  const assets = [...readAssets(folder, PACKAGES), ...readClient()];
  const template = readFileSync(join(folder, 'index.html'), 'utf8');
  const pages = Object.fromEntries(
    LANGUAGES.map((language) => [language, pageIn(language, template, assets, options)]),
  ) as Record<Language, Asset>;
  const byPath = new Map(assets.map((asset) => [ASSETS_BELOW + asset.name, asset]));
  const pageFor = (acceptLanguage: string | undefined, ifNoneMatch?: string) =>
    answerOf(pages[preferredLanguage(acceptLanguage)], ifNoneMatch, PAGE_HEADERS);
  return {
    answer(path, { acceptLanguage, ifNoneMatch }) {
      const asset = byPath.get(path);
      if (asset !== undefined) return answerOf(asset, ifNoneMatch, {});
      return PAGES.some((pattern) => pattern.test(path)) ? pageFor(acceptLanguage, ifNoneMatch) : undefined;
    },
    notFound: ({ acceptLanguage }) => ({ ...pageFor(acceptLanguage), status: 404 }),
  };
}

function readClient(): Asset[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@jangbu/client'));
  return readAssets(folder, PACKAGES).map((asset) => ({ ...asset, name: CLIENT_BELOW + asset.name }));
}

function pageIn(
  language: string,
  template: string,
  assets: readonly Asset[],
  { paymentWindowUrl }: StorefrontOptions,
): Asset {
  const values: Readonly<Record<string, string>> = {
    paymentWindowUrl: escaped(paymentWindowUrl),
    // Without them a browser learns of a module only when it has read the one that imports it.
    modules: assets
      .filter(({ name }) => name.endsWith('.ts'))
      .map(({ name }) => `<link rel="modulepreload" href="${ASSETS_BELOW}${name}">`)
      .join('\n'),
  };
  const html = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  const content = Buffer.from(html.replace('<html lang="ko">', `<html lang="${language}">`));
  return { name: 'index.html', type: 'text/html; charset=utf-8', etag: etagOf(content), content };
}

/** Everything is asked for again, and answered in a few bytes while it has not changed; but the icon, which browsers fetch all the time. */
function answerOf(
  { name, type, etag, content }: Asset,
  ifNoneMatch: string | undefined,
  more: Readonly<Record<string, string>>,
): PageAnswer {
  const headers = {
    ...more,
    ETag: etag,
    'Cache-Control': name === 'icon.svg' ? 'public, max-age=3600' : 'no-cache',
  };
  const isSame = (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  if (isSame) return { status: 304, headers, content: Buffer.alloc(0) };
  return { status: 200, headers: { ...headers, 'Content-Type': type }, content };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
