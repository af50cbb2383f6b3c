import { IsNumber } from 'class-validator';

/** Two numbers, checked by their class. */
export class Pair {
  /** The first one. */
  @IsNumber() a!: number;
  /** The second one. */
  @IsNumber() b!: number;
}
