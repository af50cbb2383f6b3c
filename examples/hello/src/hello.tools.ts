import { IsInt } from 'class-validator';
import { Args, Tool } from 'tenon';

export class AddArgs {
  /** The first number. */
  @IsInt() a!: number;
  /** The second number. */
  @IsInt() b!: number;
}

export class HelloTools {
  /**
   * Says hello.
   *
   * @param name Who to greet.
   */
  @Tool()
  hello(name: string): string {
    return `Hello, ${name}!`;
  }

  /** Adds two whole numbers. */
  @Tool()
  add(@Args() { a, b }: AddArgs): number {
    return a + b;
  }
}
