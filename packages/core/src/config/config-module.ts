import { McpModule } from '../decorators/mcp-module.js';
import { CHECK, type FactoryProvider } from '../di/provider.js';
import type { DynamicModule } from '../records/module-record.js';
import { Logger } from '../telemetry/logger.js';
import { compileConfig, type CompiledConfig, type ConfigClass } from './compile-config.js';
import { readConfig, type ConfigOptions } from './read-config.js';

/**
 * Reads a class from the environment when the app starts, and lets every module inject it.
 *
 * All that is wrong is told at once. One line of the log says where each value came from; secrets are struck out.
 */
@McpModule({ global: true })
export class ConfigModule {
  /** The module of one config class: `imports: [ConfigModule.forRoot(AppConfig)]`. */
  static forRoot<T extends object>(config: ConfigClass<T>, options: ConfigOptions<T> = {}): DynamicModule {
    let known: CompiledConfig | undefined;
    const compiled = (): CompiledConfig => (known ??= compileConfig(config));
    const provider: FactoryProvider<T> = {
      provide: config,
      inject: [Logger],
      useFactory: async (logger: Logger) => {
        const { config: made, settings } = await readConfig(compiled(), options);
        logger.info(`${config.name} has been read`, { settings });
        return made as T;
      },
      [CHECK]: compiled,
    };
    return { module: this, providers: [provider], exports: [config] };
  }
}
