import type { StateSeal } from '../asking/state-seal.js';
import type { Catalog } from '../catalog/catalog.js';
import type { ContractFile } from '../contract/contract-file.js';
import type { AppContainer } from '../di/app-container.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Implementation } from '../mcp/types.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import type { MiddlewareList } from '../middleware/middleware-list.js';
import type { Visibility } from '../middleware/visibility.js';
import type { CompiledEntryPoint } from '../modules/compile-entry-point.js';
import type { Method } from '../protocol/methods/method.js';
import type { Subscribers } from '../protocol/methods/subscribers.js';
import type { MiddlewareListing } from '../records/middleware-record.js';
import type { ModuleOptions } from '../records/module-record.js';
import type { AppState } from './app-state.js';
import type { Components } from './components.js';
import type { Stores } from './stores.js';
import type { Surroundings } from './surroundings.js';

/** What an app is put together from. */
export interface AppParts extends Surroundings {
  readonly info: Implementation;
  readonly plan: RequestPlan;
  readonly catalog: Catalog;
  readonly components: Components;
  readonly subscribers: Subscribers;
  readonly methods: readonly Method[];
  readonly middleware: MiddlewareList;
  readonly visibility: Visibility;
  /** Adds middleware while the server runs. */
  readonly use: (listed: readonly MiddlewareListing[]) => readonly MiddlewareEntry[];
  readonly entryPoints: readonly CompiledEntryPoint[];
  readonly container: AppContainer;
  readonly stores: Stores;
  readonly seal: StateSeal;
  readonly sampling: ModuleOptions['sampling'];
  readonly state: AppState;
  readonly ambient: boolean;
  readonly exposeErrors: boolean;
  /** Components that nothing describes, where doc comments may have been lost. */
  readonly undescribed: readonly string[];
  readonly contract: ContractFile;
}
