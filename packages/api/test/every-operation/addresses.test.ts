import { METHODS } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { describeApi } from '../../src/index.ts';
import { oneShop } from '../support/one-shop.ts';
import { fillIn } from '../support/operations.ts';

const PATHS = Object.entries(describeApi('sandbox').paths).map(([path, methods]) => ({
  path,
  methods: Object.keys(methods).map((method) => method.toUpperCase()),
}));
/** Everything that Node's parser knows; CONNECT wants a tunnel, and is no request. */
const ALL_METHODS = METHODS.filter((method) => method !== 'CONNECT');

/** Ways to write a path so that somebody in front of the API takes it for another than the API does. */
const TRICKS: Readonly<Record<string, (path: string) => string>> = {
  'a slash at the end': (path) => `${path}/`,
  'two slashes at the beginning': (path) => `/${path}`,
  'two slashes within': (path) => path.replace(/(.)\//, '$1//'),
  capitals: (path) => path.toUpperCase(),
  'one capital': (path) => path.replace(/^\/(.)/, (_, letter: string) => `/${letter.toUpperCase()}`),
  'a dot': (path) => `/.${path}`,
  'two dots': (path) => `/x/..${path}`,
  'two dots, encoded': (path) => `/x/%2e%2e${path}`,
  'a slash, encoded': (path) => path.replace(/(.)\//, '$1%2f'),
  'a slash at the end, encoded': (path) => `${path}%2f`,
  'a backslash': (path) => path.replace(/(.)\//, '$1\\'),
  'a backslash, encoded': (path) => path.replace(/(.)\//, '$1%5c'),
  'a letter, encoded twice': (path) => path.replace(/^\/./, '/%2561'),
  'a parameter of the path': (path) => `${path};a=b`,
  'a null': (path) => `${path}%00`,
  'a space at the end': (path) => `${path}%20`,
  'a suffix': (path) => `${path}.json`,
  'a dot at the end': (path) => `${path}.`,
  'something beyond': (path) => `${path}/x`,
};

describe('the address of an operation', () => {
  const { send } = oneShop();
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    send({ method, path, headers });
  // Nothing is there under these, so that nothing that answers is taken for something else.
  const concrete = (path: string) => fillIn(path, (name) => (name === 'provider' ? 'naver' : '4000000000'));

  it.each(PATHS)('$path answers its own methods, and tells them to any other', async ({ path, methods }) => {
    const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    for (const method of ALL_METHODS.filter((one) => !allowed.includes(one))) {
      const { status, headers, text } = await ask(method, concrete(path));
      expect({ method, status, allow: headers['allow'] }).toEqual({
        method,
        status: 405,
        allow: allowed.join(', '),
      });
      if (method !== 'HEAD') expect(JSON.parse(text).code).toBe('method_not_allowed');
    }
  });

  it.each(PATHS)(
    '$path is asked by the method of the request, whatever else it says',
    async ({ path, methods }) => {
      const method = methods.includes('GET') ? 'DELETE' : 'GET';
      if (methods.includes(method)) return;
      for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
        for (const other of methods) {
          const query = `?_method=${other}`;
          expect((await ask(method, concrete(path) + query, { [name]: other })).status).toBe(405);
        }
      }
    },
  );

  it.each(PATHS.filter(({ methods }) => methods.includes('GET')))(
    '$path answers HEAD as GET',
    async ({ path }) => {
      const [got, head] = [await ask('GET', concrete(path)), await ask('HEAD', concrete(path))];
      expect({ status: head.status, type: head.headers['content-type'], text: head.text }).toEqual({
        status: got.status,
        type: got.headers['content-type'],
        text: '',
      });
    },
  );

  it.each(PATHS)('$path is written in one way only', async ({ path, methods }) => {
    const known = concrete(path);
    for (const [trick, write] of Object.entries(TRICKS)) {
      const tricky = write(known);
      if (tricky === known) continue;
      const { status, text } = await ask(methods[0] ?? '', tricky);
      expect({ trick, tricky, status: [400, 404, 405].includes(status) || status }).toEqual({
        trick,
        tricky,
        status: true,
      });
      expect(JSON.parse(text).code).toMatch(
        /^(request_invalid|body_missing|method_not_allowed|\w+_unknown|\w+_malformed)$/,
      );
    }
  });

  it.each(PATHS)(
    '$path is what the request’s target says, and not its Host or what a proxy is said to have seen',
    async ({ path }) => {
      const { status } = await ask('GET', '/nothing-is-here', {
        'X-Original-URL': concrete(path),
        'X-Rewrite-URL': concrete(path),
        'X-Forwarded-Prefix': concrete(path),
      });
      expect(status).toBe(404);
    },
  );
});
