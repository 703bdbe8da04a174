/**
 * The whole check, in the order in which a mistake is cheapest to find: lint, format, layers, types, unused code, build, then the
 * suites. Everything runs even after a failure, so that one look shows all of it, and the last line is the sum:
 * `N passed, N failed, N skipped`.
 *
 * Usage: node scripts/test.mjs [--only lint,unit,...]
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const results = path.join(root, 'test-results');
const MINUTE_MS = 60_000;

/** @typedef {{ name: string, command: readonly string[], report?: string, limitMs: number }} Step */

/** A tool of this project, run by this very Node. @param {string} file @param {...string} args @returns {string[]} */
const tool = (file, ...args) => [process.execPath, path.join(root, file), ...args];

/** @param {string} project @param {number} minutes @returns {Step} */
const suite = (project, minutes) => {
  const report = path.join(results, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: project,
    report,
    command: tool('node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters),
    limitMs: minutes * MINUTE_MS,
  };
};

/** @type {readonly Step[]} */
const STEPS = [
  { name: 'lint', command: tool('node_modules/oxlint/bin/oxlint', '--deny-warnings'), limitMs: MINUTE_MS },
  { name: 'format', command: tool('node_modules/oxfmt/bin/oxfmt', '--check'), limitMs: MINUTE_MS },
  { name: 'boundaries', command: tool('scripts/boundaries.mjs'), limitMs: MINUTE_MS },
  ...['.', 'main', 'renderer', 'e2e'].map((p) => ({
    name: `types:${p}`,
    command: tool('node_modules/typescript/bin/tsc', '-p', p),
    limitMs: 3 * MINUTE_MS,
  })),
  { name: 'knip', command: tool('node_modules/knip/bin/knip.js'), limitMs: 2 * MINUTE_MS },
  { name: 'build', command: tool('scripts/build.mjs'), limitMs: 3 * MINUTE_MS },
  suite('unit', 8),
  suite('components', 4),
  suite('sim', 10),
  suite('process', 14),
  // Says why it skips where network namespaces are not permitted.
  suite('hosts', 6),
  suite('browser', 14),
  suite('electron', 3),
];

/**
 * Runs one command to its end, or kills it and its children at its limit.
 * @param {Step} step @returns {Promise<number>} exit code; 124 when it ran out of time
 */
function run({ command, limitMs }) {
  return new Promise((resolve) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', detached: process.platform !== 'win32' });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    }, limitMs);
    const stop = () => child.kill('SIGTERM');
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.on('exit', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(late ? 124 : (code ?? 1));
    });
  });
}

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion
 * @typedef {{ status: string, name: string, message: string, assertionResults: Assertion[] }} File
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: File[] }} Report
 */

/** @param {string} report @returns {Report} */
const readReport = (report) => JSON.parse(readFileSync(report, 'utf8'));

/** The first line of a message, without the colours of a terminal. @param {string | undefined} message */
const firstLine = (message = '') => stripVTControlCharacters(message).split('\n')[0] ?? '';

/**
 * What failed in a suite, a line each: whoever has only the end of the output must know where to look.
 * @param {Step} step @returns {string[]}
 */
function failures({ report }) {
  if (report === undefined || !existsSync(report)) return [];
  return readReport(report).testResults.flatMap(({ status, name, message, assertionResults }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter((a) => a.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map((a) => `${file} > ${a.fullName}: ${firstLine(a.failureMessages[0])}`);
  });
}

/**
 * What a step adds to the sum. A suite without a report, or one that failed without naming a failed test, is one failure.
 * @param {Step} step @param {number} code @returns {Count}
 */
function count({ report }, code) {
  if (report === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const json = readReport(report);
  const brokenFiles = json.testResults.filter(
    (f) => f.status === 'failed' && !f.assertionResults.some((a) => a.status === 'failed'),
  ).length;
  const named = json.numFailedTests + brokenFiles;
  return {
    passed: json.numPassedTests,
    failed: code === 0 ? named : Math.max(named, 1),
    skipped: json.numPendingTests + json.numTodoTests,
  };
}

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : null;
const chosen = STEPS.filter(({ name }) => only === null || only.includes(name) || only.includes(name.split(':')[0] ?? ''));
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** @type {Count} */
const sum = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const lines = [];
for (const step of chosen) {
  console.log(`\n== ${step.name}`);
  const started = performance.now();
  const code = await run(step);
  const c = count(step, code);
  sum.passed += c.passed;
  sum.failed += c.failed;
  sum.skipped += c.skipped;
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const note = code === 124 ? ' (stopped: out of time)' : '';
  lines.push(
    `${c.failed === 0 ? 'ok  ' : 'FAIL'} ${seconds} s  ${step.name}: ${c.passed} passed, ${c.failed} failed, ${c.skipped} skipped${note}`,
    ...(c.failed === 0 ? [] : failures(step).map((line) => `       ${line}`)),
  );
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
