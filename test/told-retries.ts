import type { Reporter, TestCase } from 'vitest/node';

/** Says which tests passed only when they were tried again: what nobody hears of is never mended. */
export class ToldRetries implements Reporter {
  readonly #flaky: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky === true) this.#flaky.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#flaky.length === 0) return;
    const names = this.#flaky.map((name) => `  ${name}\n`).join('');
    process.stdout.write(`\nPassed only when tried again, and to be mended (${this.#flaky.length}):\n${names}`);
  }
}
