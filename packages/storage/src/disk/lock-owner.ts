import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from './errno.js';

/** A process that holds locks, so that others can tell whether it has ended. */
export interface LockOwner {
  readonly pid: number;
  /** Where the number means that process: a container has numbers of its own. */
  readonly host: string;
  /** When it began, where the system says so: the number may be another's by now. */
  readonly began?: string | undefined;
}

/** The process this runs in. */
export function thisProcess(): LockOwner {
  return { pid: process.pid, host: hereNow(), began: beginOf(process.pid) };
}

/** Whether a process has ended; undefined where nobody here can tell. */
export function hasEnded({ pid, host, began }: LockOwner): boolean | undefined {
  if (host !== hereNow()) return undefined;
  if (!isRunning(pid)) return true;
  const now = beginOf(pid);
  return began === undefined || now === undefined ? undefined : now !== began;
}

function hereNow(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** In ticks since the machine was started, as Linux tells it. */
function beginOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name, in which anything may stand.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}
