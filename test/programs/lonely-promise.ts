import { bootstrap, McpModule, Tool } from 'tenon';

class Tools {
  /** Starts what nobody waits for. */
  @Tool() starts(): string {
    void Promise.reject(new Error('nobody waited'));
    return 'started';
  }

  /** Returns what nobody can wait for. */
  @Tool() returns(): object {
    return { later: Promise.reject(new Error('nobody could wait')) };
  }

  /** Whether the server is there. */
  @Tool() ping(): string {
    return 'pong';
  }
}

@McpModule({ name: 'lonely-promise', version: '1.0.0', handlers: [Tools] })
class AppModule {}

await bootstrap(AppModule);
