// Plain JavaScript, because it is read by the host's Node, which may be old.

/** Whether a Node of this version satisfies `engines` of package.json: it strips types without being asked to. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}
