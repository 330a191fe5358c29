import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../command.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { installed } from './install.ts';

/** A Chromium, and what its process needs in its environment. */
export interface Chromium {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** As distributions call it. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * CHROMIUM_PATH where it is set, else the machine's own, else Debian's in a private folder.
 * @throws Error that says why there is none
 */
export async function findChromium(report: (line: string) => void): Promise<Chromium> {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') {
    if (await runs(given)) return { path: given, environment: {} };
    throw new Error(`CHROMIUM_PATH is ${given}, which does not run`);
  }
  for (const path of onSearchPath(COMMANDS)) {
    // What lies there may be a stub that asks one to install a snap.
    if (await runs(path)) return { path, environment: {} };
  }
  return privateChromium(await installChromium(report));
}

async function runs(path: string, environment: Record<string, string> = {}): Promise<boolean> {
  const { code } = await runCommand(path, ['--version'], { timeoutMs: 20_000, env: environment });
  return code === 0;
}

function onSearchPath(commands: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).filter(existsSync);
}

/** What a page needs nothing of, 130 MB of it. */
const UNUSED = ['doc', 'icons', 'locale', 'man', 'perl'];

/**
 * Debian's Chromium of the machine's own release, with its libraries and a Korean font. The C library and its loader stay the
 * machine's: Chromium starts itself again for each of its processes, by its own name and not by a loader's.
 */
function installChromium(report: (line: string) => void): Promise<string> {
  return installed(
    `chromium-debian-${releaseOf(readFileSync('/etc/os-release', 'utf8'))}-${process.arch}`,
    async (target) => {
      await unpackDebianPackages(['chromium', 'fonts-nanum'], undefined, target, ['libc6']);
      for (const name of UNUSED) rmSync(join(target, 'usr/share', name), { recursive: true, force: true });
      const { path, environment } = privateChromium(target);
      if (!(await runs(path, { ...environment }))) throw new Error('Debian’s Chromium does not run here');
    },
    report,
  );
}

/** The release by its number, or by its name where it has none yet. */
export function releaseOf(osRelease: string): string {
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]+)`, 'm').exec(osRelease)?.[1];
  return field('VERSION_ID') ?? field('VERSION_CODENAME') ?? 'unnumbered';
}

function privateChromium(folder: string): Chromium {
  const fonts = join(folder, 'fonts.conf');
  writeFileSync(fonts, fontsIn(folder));
  return {
    path: join(folder, 'usr/lib/chromium/chromium'),
    environment: { LD_LIBRARY_PATH: librariesIn(folder).join(':'), FONTCONFIG_FILE: fonts },
  };
}

/** Some libraries have a folder of their own below the usual one, which their users know by its absolute path. */
function librariesIn(folder: string): string[] {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const usual = [join(folder, 'usr/lib', triplet), join(folder, 'lib', triplet)].filter(existsSync);
  const below = usual.flatMap((path) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(path, name))
      .filter((inner) => readdirSync(inner).some((name) => /^lib.*\.so/.test(name))),
  );
  return [...usual, ...below];
}

function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'usr/share/fonts')}</dir>
  <cachedir>${join(folder, 'var/cache/fontconfig')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>NanumGothic</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>NanumGothic</family></prefer></alias>
</fontconfig>
`;
}
