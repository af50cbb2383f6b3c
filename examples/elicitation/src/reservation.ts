import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** A form: each field is shown with its text and its limits. */
export class Reservation {
  /** The name we shall expect you under. */
  @Length(2, 60) name!: string;
  /** How many you are. */
  @IsInt() @Min(1) @Max(8) guests: number = 2;
  /** Anything the kitchen should know. */
  @IsOptional() @IsString() allergies?: string;
}
