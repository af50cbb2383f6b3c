import { IsArray, IsEmail, IsIn, IsInt, Max, Min, MinLength } from 'class-validator';
import { Env, Secret } from 'tenon';

/** The settings of the shop, each read from the variable of its name: `maxRecipients` from MAX_RECIPIENTS. */
export class ShopConfig {
  /** Who letters come from. */
  @Env('MAIL_FROM') @IsEmail() sender!: string;
  /** What the mail server lets us in by; never printed. */
  @Secret() @MinLength(6) mailToken!: string;
  @IsInt() @Min(1) @Max(50) maxRecipients: number = 10;
  /** Several, parted by commas. */
  @IsArray() @IsIn(['de', 'en', 'fr'], { each: true }) languages: string[] = ['en'];
  @Env() dryRun = false;
}
