import { asText } from '../http/as-text.ts';
import { choice, hiddenFields, page } from '../http/page.ts';
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
  const people = PEOPLE.map(({ key, name, nickname }) => ({ key, label: `${name} (${nickname})` }));
  return page(
    titleOf(provider),
    `<p>샌드박스입니다. ${asText(clientId)}에 로그인합니다.</p>
<form method="post" action="${action}">
${hiddenFields(fields)}
${choice('누구로 로그인할까요?', 'person', people)}
<button name="decision" value="agree">동의하고 계속하기</button>
<button name="decision" value="refuse">취소</button>
</form>`,
  );
}

/** What a provider shows where it cannot send the browser back. */
export function errorPage(provider: string, text: string): string {
  return page(titleOf(provider), `<p>${asText(text)}</p>`);
}

function titleOf(provider: string): string {
  return `${provider} 로그인`;
}
