import { Middleware, type Component } from 'tenon';

/** What is being built is there for nobody: in no list, and not found by its name either. */
@Middleware({ varies: 'never' })
export class NotYet {
  visible({ tags }: Component): boolean {
    return !tags.has('draft');
  }
}
