import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { answerProblem } from './answer-problem.js';
import { badMessage } from './bad-messages.js';
import { FixtureProcess } from './fixture-process.js';
import { FuzzReport } from './fuzz-report.js';
import { Random } from './random.js';

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 'begin',
  method: 'initialize',
  params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } },
};

/** Sends bad messages over stdin in bad pieces, and looks at every line that comes back. */
export async function fuzzStdio(script: string, of: { count: number; seed: number }): Promise<FuzzReport> {
  const report = new FuzzReport();
  const fixture = new FixtureProcess(script, ['--transport', 'stdio']);
  const { stdin, stdout } = fixture.child;
  let last = '';
  const lastAnswer = new Promise<void>((resolve) => {
    createInterface(stdout).on('line', (line) => {
      const problem = answerProblem(line);
      if (problem !== undefined) report.fail(`${problem}: ${line.slice(0, 200)}`, last);
      report.hear(
        /"code":(-?\d+)/.exec(line)?.[1] ?? (line.includes('"method"') ? 'notification' : 'result'),
      );
      if (line.includes('"id":"the last"')) resolve();
    });
  });
  const write = async (bytes: Buffer): Promise<void> => {
    if (!stdin.write(bytes)) await Promise.race([once(stdin, 'drain'), fixture.ended]);
  };
  await write(
    Buffer.from(`${JSON.stringify(INITIALIZE)}\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n`),
  );
  for (let i = 0; i < of.count && fixture.alive; i++) {
    const random = new Random(of.seed + i);
    const line = badLine(random);
    last = line.toString('latin1');
    report.count('lines');
    for (const piece of pieces(line, random)) await write(piece);
  }
  await write(Buffer.from('\n{"jsonrpc":"2.0","id":"the last","method":"ping"}\n'));
  await Promise.race([lastAnswer, fixture.ended]);
  if (!fixture.alive) report.fail(`the server has ended: ${fixture.log.slice(-1000)}`, last);
  stdin.end();
  if (fixture.alive) await fixture.ended;
  if (fixture.child.exitCode !== 0)
    report.fail(`the server ended with ${String(fixture.child.exitCode)}`, fixture.log);
  return report;
}

/** One line, or a few, with what ends it; sometimes no text at all. */
function badLine(random: Random): Buffer {
  if (random.chance(0.0005)) return Buffer.concat([Buffer.alloc(5 * 1024 * 1024, 0x78), Buffer.from('\n')]);
  const line = Buffer.from(`${badMessage(random)}${random.pick(['\n', '\n', '\n', '\r\n', '\n\n', ' \n'])}`);
  if (random.chance(0.03)) line[random.below(line.length)] = random.pick([0xff, 0x00, 0xc3, 0x80, 0x0a]);
  return line;
}

function pieces(line: Buffer, random: Random): readonly Buffer[] {
  if (line.length > 100_000 || random.chance(0.8)) return [line];
  const at = random.below(line.length);
  return [line.subarray(0, at), line.subarray(at)];
}
