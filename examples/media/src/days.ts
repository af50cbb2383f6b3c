import { ArrayMaxSize, ArrayMinSize, IsInt, Max, Min } from 'class-validator';

export class Days {
  /** How warm each day was, in °C. */
  @ArrayMinSize(1)
  @ArrayMaxSize(31)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(50, { each: true })
  degrees!: number[];
}
