import { asText } from './as-text.ts';

const STYLE = `
:root{font-family:system-ui,-apple-system,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",NanumGothic,sans-serif;line-height:1.5;color:#1b2430;background:#eef1f6}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;word-break:keep-all;overflow-wrap:anywhere}
main{width:100%;max-width:26rem;padding:1.5rem;border-radius:16px;background:#fff;box-shadow:0 8px 30px rgb(20 40 80/10%)}
h1{margin:0;font-size:1.15rem}
h1+p{margin:.25rem 0 1.25rem;color:#5a6676;font-size:.9rem}
dl{display:grid;gap:.2rem;margin:0 0 1.25rem;padding-bottom:1rem;border-bottom:1px solid #e3e8ef}
dt{color:#5a6676;font-size:.9rem}
dd{margin:0;font-size:1.7rem;font-weight:700}
fieldset{display:grid;gap:.4rem;margin:0 0 1.25rem;padding:0;border:0}
legend{padding:0;margin-bottom:.4rem;color:#5a6676;font-size:.9rem}
label{display:flex;align-items:center;gap:.6rem;min-height:2.75rem;padding:.4rem .9rem;border:1px solid #d5dce6;border-radius:10px}
label:has(:checked){border-color:#1a5fd0;background:#f0f5fe}
input{width:1.1rem;height:1.1rem;accent-color:#1a5fd0}
button{width:100%;min-height:2.9rem;border:0;border-radius:10px;background:#1a5fd0;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button+button{margin-top:.5rem;background:none;color:#3f4b5b;font-weight:400}
:focus-visible{outline:3px solid #1a5fd0;outline-offset:2px}`;

/** A page of a provider's, for a browser. @param body HTML */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>
<h1>${asText(title)}</h1>
${body}
</main></body>
</html>
`;
}

/** Fields of a form that nobody sees. */
export function hiddenFields(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${asText(name)}" value="${asText(String(value))}">`)
    .join('\n');
}

/** A choice of one, the first unless another is chosen. @param name and the keys are not escaped */
export function choice(
  legend: string,
  name: string,
  options: readonly { readonly key: string; readonly label: string }[],
): string {
  const labels = options.map(
    ({ key, label }, index) =>
      `<label><input type="radio" name="${name}" value="${key}"${index === 0 ? ' checked' : ''}> ${asText(label)}</label>`,
  );
  return `<fieldset><legend>${asText(legend)}</legend>\n${labels.join('\n')}\n</fieldset>`;
}
