import { IsOptional, IsString } from 'class-validator';
import { Secret } from 'tenon';

/** What the platform sets in the environment: API_KEY and DATABASE_URL. Neither is ever printed. */
export class CloudConfig {
  @Secret() @IsOptional() @IsString() apiKey?: string;
  @Secret() @IsOptional() @IsString() databaseUrl?: string;
}
