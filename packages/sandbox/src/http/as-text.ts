/** What can stand in HTML, also between quotes, and is nothing but text there. */
export function asText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
