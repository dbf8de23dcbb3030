import type { FullResult, Reporter, TestCase } from "@playwright/test/reporter";
import type { Suite } from "@playwright/test/reporter";

/** Closes the run with one plain line of counts, for machines that read it. */
export default class Counts implements Reporter {
  private all: TestCase[] = [];

  onBegin(_config: unknown, suite: Suite) {
    this.all = suite.allTests();
  }

  onEnd(_result: FullResult) {
    const count = (wanted: string[]) => this.all.filter((test) => wanted.includes(test.outcome())).length;
    const skipped = count(["skipped"]);
    const told = `browser: ${count(["expected"])} passed, ${count(["unexpected", "flaky"])} failed`;
    console.log(skipped === 0 ? told : `${told}, ${skipped} skipped`);
  }

  printsToStdio() {
    return true;
  }
}
