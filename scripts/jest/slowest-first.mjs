// Jest begins with the files that took longest, and where it has not met them yet, with the largest. The slowest of ours are short, because
// they wait for whole systems: begun last, they keep one worker waiting for the other. So on a machine that is new they come first.
import Sequencer from '@jest/test-sequencer';

export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isUnmet = (test) => test.duration === undefined && isOfWholeSystem(test);
    return [...sorted.filter(isUnmet), ...sorted.filter((test) => !isUnmet(test))];
  }
}

function isOfWholeSystem({ path, context }) {
  return path.startsWith(`${context.config.rootDir}/test/`);
}
