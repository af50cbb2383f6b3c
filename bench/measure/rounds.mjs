import { Fleet } from './fleet.mjs';
import { median } from './median.mjs';

/**
 * Measures each plan once a round, in turn, so that drift of the machine hits all alike.
 * A plan names a server, an era, a kind of question and the calls of a round.
 */
export async function measureRounds(plans, { rounds, warmUp }) {
  const fleet = new Fleet();
  try {
    const open = await fleet.open(plans);
    for (const plan of open) await fleet.lane(plan).run(plan.calls * warmUp);
    const results = new Map(open.map((plan) => [plan, []]));
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? open : open.toReversed();
      for (const plan of order) results.get(plan).push(await fleet.lane(plan).run(plan.calls));
    }
    return open.map((plan) => toRow(plan, results));
  } finally {
    await fleet.close();
  }
}

function toRow(plan, results) {
  const { server, era, kind } = plan;
  const own = results.get(plan);
  const [, reference] = [...results].find(([other]) => other.server.reference && other.era === era) ?? [];
  return {
    name: server.name,
    tools: server.tools,
    era,
    kind,
    cpu: median(own.map(({ cpu }) => cpu)),
    throughput: median(own.map(({ throughput }) => throughput)),
    p99: median(own.map(({ p99 }) => p99)),
    // Against the reference in the same round, not in the whole run.
    ratio: reference && median(own.map(({ cpu }, round) => cpu / reference[round].cpu)),
  };
}
