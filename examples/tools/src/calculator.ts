import { Tool } from 'tenon';
import { z } from 'zod';

const OPERATIONS = new Map<string, (x: number, y: number) => number | null>([
  ['add', (x, y) => x + y],
  ['subtract', (x, y) => x - y],
  ['multiply', (x, y) => x * y],
  ['divide', (x, y) => (y === 0 ? null : x / y)],
]);

export class Calculator {
  /**
   * Performs a mathematical operation.
   *
   * @param operation add, subtract, multiply or divide
   * @param a The first number.
   * @param b The second number.
   */
  @Tool({ output: z.number().nullable(), annotations: { readOnlyHint: true } })
  calculate(operation: string, a: number, b: number): number | null {
    return OPERATIONS.get(operation)?.(a, b) ?? null;
  }
}
