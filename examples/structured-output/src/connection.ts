import { Type } from 'class-transformer';
import { ArrayMinSize, IsISO8601, IsInt, IsString, Min, ValidateNested } from 'class-validator';

export class Leg {
  /** The name of the train. */
  @IsString() train!: string;
  @IsString() from!: string;
  @IsString() to!: string;
}

/** A way to get somewhere by train. */
export class Connection {
  /** When the first train leaves. */
  @IsISO8601() departs!: string;
  /** How long it takes, in minutes. */
  @IsInt() @Min(1) minutes!: number;
  /** The trains, in their order. */
  @ArrayMinSize(1) @ValidateNested({ each: true }) @Type(() => Leg) legs!: Leg[];
}
