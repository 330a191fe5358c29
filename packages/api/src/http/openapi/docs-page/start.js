/* global SwaggerUIBundle */

/** What Swagger UI leaves without a name, and is met by whoever does not see it. */
const NAMES = {
  '.examples-select-element': 'Example',
  '.body-param__text': 'Body',
  '.content-type': 'Media type',
  '.information-container': 'About',
};

function mend() {
  for (const [selector, name] of Object.entries(NAMES)) {
    for (const element of document.querySelectorAll(`${selector}:not([aria-label])`))
      element.setAttribute('aria-label', name);
  }
  document.querySelector('.information-container')?.setAttribute('role', 'region');
  // The title is the first heading; what follows it is one level below, and not two.
  for (const [heading, level] of [
    ['h3', '2'],
    ['h4', '3'],
    ['h5', '4'],
  ]) {
    for (const element of document.querySelectorAll(`${heading}:not([aria-level])`))
      element.setAttribute('aria-level', level);
  }
  // What is wider than its place is moved with the arrow keys.
  for (const code of document.querySelectorAll('.highlight-code pre:not([tabindex])')) code.tabIndex = 0;
}

/** In each operation's button Swagger UI puts a link, which is one thing to press within another. The button does the same. */
function withoutLinksInButtons({ React }) {
  return { components: { DeepLink: ({ text }) => React.createElement('span', null, text) } };
}

new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  // The list of all shapes is long and drawn when somebody opens it; each operation shows its own.
  defaultModelsExpandDepth: 0,
  plugins: [withoutLinksInButtons],
  syntaxHighlight: { activated: false },
  tryItOutEnabled: true,
  validatorUrl: null,
});
