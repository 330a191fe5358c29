// Jest's transform: the same type stripping that Node does at run time, so that tests run what production runs.
// Stripping keeps every line and column where it was, so stack traces need no source map.
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path) => `${path}:${process.version}:${source.length}:${hash(source)}`,
};

function hash(text) {
  let value = 5381;
  for (let index = 0; index < text.length; index++) value = (value * 33) ^ text.charCodeAt(index);
  return (value >>> 0).toString(36);
}
