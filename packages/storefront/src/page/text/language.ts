import { en } from './en.ts';
import { type Dictionary, ko } from './ko.ts';

export type Language = 'ko' | 'en';

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { ko, en };
const KEPT_UNDER = 'jangbu-language';

let current: Language = 'ko';

/** What was chosen here before, else what the service found the browser to like. */
export function openLanguage(): void {
  const wanted = localStorage.getItem(KEPT_UNDER) ?? document.documentElement.lang;
  current = wanted === 'en' ? 'en' : 'ko';
  document.documentElement.lang = current;
}

export function language(): Language {
  return current;
}

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(KEPT_UNDER, chosen);
  current = chosen;
  document.documentElement.lang = chosen;
}

/** The texts in the language of now. */
export function t(): Dictionary {
  return DICTIONARIES[current];
}
