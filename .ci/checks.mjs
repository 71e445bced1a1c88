/** What a change has to pass besides the tests, all at once: one of them alone leaves most cores idle. */
import { execFile } from 'node:child_process';

const checks = ['lint', 'types', 'boundaries', 'unused'];

function run(check) {
  const isWindows = process.platform === 'win32';
  return new Promise((done) => {
    execFile('npm', ['run', '--silent', check], { maxBuffer: 1e9, shell: isWindows }, (error, stdout, stderr) => {
      process.stdout.write(`npm run ${check}: ${error === null ? 'passed' : 'FAILED'}\n${stdout}${stderr}`);
      done(error === null);
    });
  });
}

const passed = await Promise.all(checks.map(run));
process.exitCode = passed.every(Boolean) ? 0 : 1;
