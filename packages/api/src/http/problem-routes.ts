import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { PROBLEMS } from './problem-table.ts';
import { defineRoute, type ProblemCode, type Route } from './route.ts';

const HTML_TYPE = 'text/html; charset=utf-8';

const pageSchema = z
  .object({
    code: z.string(),
    status: z.int(),
    title: z.string(),
    retryAfterSeconds: z.int().nullable().meta({ description: 'Null where trying again is no use.' }),
    when: z.string().nullable(),
    whatToDo: z.string().nullable(),
  })
  .meta({ id: 'ProblemPage' });

type Page = z.output<typeof pageSchema>;

/** Where a problem's `type` leads to. */
export function problemRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/problems/{code}',
      summary: 'Read what a problem means',
      tags: ['Documentation'],
      access: 'anyone',
      params: z.object({ code: z.string().max(100) }),
      answers: {
        200: { description: 'When it comes, and what to do', result: pageSchema, media: [HTML_TYPE] },
      },
      problems: ['route_unknown'],
      handle({ params, request }) {
        const page = pageOf(params.code);
        return request.accepts(['json', 'html']) === 'html'
          ? { status: 200, type: HTML_TYPE, content: toHtml(page) }
          : { status: 200, result: page };
      },
    }),
  ];
}

function pageOf(code: string): Page {
  if (!Object.hasOwn(PROBLEMS, code)) throw new ShopError('route_unknown', 'There is no such problem.');
  const { status, title, retryAfter } = PROBLEMS[code as ProblemCode];
  const { when = null, whatToDo = null } = explanations().get(code) ?? {};
  return { code, status, title, retryAfterSeconds: retryAfter ?? null, when, whatToDo };
}

let known: ReadonlyMap<string, { when: string; whatToDo: string }> | undefined;

/** The list of errors says it to people; it is read when somebody asks for the first time. */
function explanations(): NonNullable<typeof known> {
  known ??= readExplanations(new URL('../../../../docs/reference/errors.md', import.meta.url));
  return known;
}

function readExplanations(page: URL): NonNullable<typeof known> {
  const rows = readFileSync(page, 'utf8').matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm);
  return new Map(
    [...rows].map(([, code = '', when = '', whatToDo = '']) => [
      code,
      { when: plain(when), whatToDo: plain(whatToDo) },
    ]),
  );
}

/** Markdown of a table's cell, as text. */
function plain(cell: string): string {
  return cell.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll(/\*\*|`/g, '');
}

function toHtml({ code, status, title, when, whatToDo, retryAfterSeconds }: Page): string {
  const rows = [
    ['Code', code],
    ['HTTP status', String(status)],
    ['When', when],
    ['What to do', whatToDo],
    ['Try again after', retryAfterSeconds === null ? null : `${retryAfterSeconds} s`],
  ].filter(([, text]) => text !== null);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
<dl>
${rows.map(([name, text]) => `<dt>${name}</dt>\n<dd>${escaped(text ?? '')}</dd>`).join('\n')}
</dl>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
