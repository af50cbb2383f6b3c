import { eraHeaders, INITIALIZE, INITIALIZED, request } from './requests.mjs';

/** Opens a 2025 session and resolves with its id, or undefined where the server keeps none. */
export async function openSession(connection, port) {
  const hello = await connection.exchange(request({ port, body: JSON.stringify(INITIALIZE) }));
  if (hello.status !== 200) throw new Error(`initialize was refused: ${hello.status} ${hello.body}`);
  const session = /\r\nmcp-session-id: *([^\r]+)/i.exec(hello.head)?.[1];
  const headers = eraHeaders('2025', { session });
  const ready = await connection.exchange(request({ port, headers, body: JSON.stringify(INITIALIZED) }));
  if (ready.status !== 202)
    throw new Error(`notifications/initialized was refused: ${ready.status} ${ready.body}`);
  return session;
}

/** Ends a session. */
export async function endSession(connection, port, session) {
  const headers = eraHeaders('2025', { session });
  const { status, body } = await connection.exchange(request({ port, verb: 'DELETE', headers }));
  if (status >= 300) throw new Error(`DELETE was refused: ${status} ${body}`);
}
