/** What is used of a client of ioredis, or of its cluster. */
export interface RedisClient {
  readonly isCluster?: boolean;
  readonly status?: string;
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  duplicate(override?: object): RedisClient;
  nodes?(role: 'master'): readonly RedisClient[];
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'message', listener: (channel: string, text: string) => void): unknown;
  connect(): Promise<unknown>;
  disconnect(reconnect?: boolean): void;
  quit(): Promise<unknown>;
}
