import { Type } from 'class-transformer';
import { IsArray, IsInt, IsNumber, IsString, Length, Max, Min, ValidateNested } from 'class-validator';

export class SearchQuery {
  /** Words to look for, as people write them. */
  @IsString() @Length(1, 200) query!: string;
  /** How many sections at most. */
  @IsInt() @Min(1) @Max(50) limit: number = 5;
}

export class FoundSection {
  /** What read_section takes. */
  @IsString() id!: string;
  @IsString() title!: string;
  /** How well it fits; only to be compared within one answer. */
  @IsNumber() score!: number;
}

export class SearchResults {
  /** How many sections were searched. */
  @IsInt() searched!: number;
  /** The sections that fit, the best first. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => FoundSection) hits!: FoundSection[];
}
