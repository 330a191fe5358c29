import { PEOPLE } from './people.ts';

export interface ConsentPage {
  readonly provider: string;
  /** Where the form is posted. */
  readonly action: string;
  readonly clientId: string;
  /** What the authorization request asked for, carried along. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Where a person of the sandbox logs in and agrees or refuses. */
export function consentPage({ provider, action, clientId, fields }: ConsentPage): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${asText(name)}" value="${asText(value)}">`,
  );
  const people = PEOPLE.map(
    ({ key, name, nickname }, index) =>
      `<label><input type="radio" name="person" value="${key}"${index === 0 ? ' checked' : ''}> ${name} (${nickname})</label><br>`,
  );
  return page(
    `${provider} 로그인`,
    `<p>샌드박스입니다. ${asText(clientId)}에 로그인할 사람을 고르세요.</p>
<form method="post" action="${action}">
${[...hidden, ...people].join('\n')}
<p><button name="decision" value="agree">동의하고 계속하기</button>
<button name="decision" value="refuse">취소</button></p>
</form>`,
  );
}

/** What a provider shows where it cannot send the browser back. */
export function errorPage(provider: string, text: string): string {
  return page(`${provider} 로그인`, `<p>${asText(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<h1>${title}</h1>
${body}
</html>
`;
}

function asText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
