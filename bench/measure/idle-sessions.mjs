import { Child } from './child.mjs';
import { HttpConnection } from './http-connection.mjs';
import { endSession, openSession } from './session.mjs';

const CONNECTIONS = 64;
const REHEARSAL = 128;

/** Heap an idle 2025 session holds, and how much of it stays when the sessions have ended. */
export async function measureSessions(server, count) {
  const child = await Child.start(server);
  try {
    await endAll(child, await openMany(child, REHEARSAL)); // code and caches are there before it counts
    const before = (await child.memory()).heapUsed;
    const sessions = await openMany(child, count);
    const held = (await child.memory()).heapUsed;
    await endAll(child, sessions);
    const after = (await child.memory()).heapUsed;
    return {
      name: server.name,
      count,
      kibibytesEach: (held - before) / count / 1024,
      left: (after - before) / 2 ** 20,
    };
  } finally {
    await child.stop();
  }
}

async function openMany(child, count) {
  const sessions = [];
  let begun = 0;
  await share(child, async (connection) => {
    while (begun++ < count) sessions.push(await openSession(connection, child.port));
  });
  return sessions;
}

async function endAll(child, sessions) {
  const left = sessions.values();
  await share(child, async (connection) => {
    for (const session of left) await endSession(connection, child.port, session);
  });
}

async function share(child, work) {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => HttpConnection.open(child.port)),
  );
  await Promise.all(connections.map(work));
  for (const connection of connections) connection.close();
}
