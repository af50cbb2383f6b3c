import { barePath, learnAnswer, withAnswers } from './answers.mjs';
import { Child } from './child.mjs';
import { Lane } from './lane.mjs';

// The bare server reads the header of a 2025 session as everybody does, without having given one.
const ANY_SESSION = '00000000-0000-4000-8000-000000000000';

/** The servers of one measurement, running, and the lanes open to them. */
export class Fleet {
  #children = new Map();
  #lanes = new Map();

  /** Starts what the plans name. The bare server comes last: it answers what the others were heard to say. */
  async open(plans) {
    const speakers = plans.filter(({ server }) => !server.bare);
    for (const plan of speakers) await this.#openLane(plan);
    const answers = await this.#learn(speakers);
    await withAnswers(answers, async (ANSWERS) => {
      for (const plan of plans.filter(({ server }) => server.bare)) {
        const answer = answers.find(({ path }) => path === barePath(plan));
        if (answer === undefined) continue;
        await this.#openLane(plan, { ANSWERS });
        await this.#compare(plan, answer.heard);
      }
    });
    return plans.filter((plan) => this.#lanes.has(plan));
  }

  /** The open lane of a plan. */
  lane(plan) {
    return this.#lanes.get(plan);
  }

  async close() {
    for (const child of this.#children.values()) await child.stop();
  }

  async #openLane(plan, env) {
    const { server } = plan;
    const running = this.#children.get(server);
    const child = running ?? (await Child.start({ ...server, env: { ...server.env, ...plan.env, ...env } }));
    this.#children.set(server, child);
    const bare = server.bare && {
      path: barePath(plan),
      session: plan.era === '2025' ? ANY_SESSION : undefined,
    };
    this.#lanes.set(plan, await Lane.open(child, { ...plan, bare }));
  }

  /** One answer a kind and era: Tenon's where it runs, else that of the first peer which answers in JSON. */
  async #learn(speakers) {
    const answers = new Map();
    for (const plan of [...speakers.filter(({ server }) => server.own), ...speakers]) {
      const path = barePath(plan);
      if (answers.has(path)) continue;
      const heard = await this.#lanes.get(plan).ask(7);
      if (heard.body.startsWith('{')) answers.set(path, { heard: heard.body, ...learnAnswer(plan, heard) });
    }
    return [...answers.values()];
  }

  async #compare(plan, heard) {
    const { body } = await this.#lanes.get(plan).ask(7);
    if (body !== heard) throw new Error(`The bare server does not answer the same bytes.\n${heard}\n${body}`);
  }
}
