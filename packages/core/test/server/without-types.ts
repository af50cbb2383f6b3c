import { IsIn, IsString, MaxLength } from 'class-validator';
import { Arg, Args, Ctx, Description, Tool, type Context } from '@tenon/core';

class Query {
  @Description('What to look for.') @IsString() @MaxLength(9) text!: string;
}

/** Says in decorators all that types and comments would say. */
export class Said {
  @Tool({ description: 'Weather of the next days.' })
  forecast(
    @Arg('city', { type: 'string', description: 'Where.' }) city: string,
    @Arg('unit', IsIn(['C', 'F'])) unit: 'C' | 'F',
    @Ctx() ctx: Context,
    @Arg('days', { type: 'integer' }) days = 3,
  ): string {
    return `${city} ${days} ${unit} ${ctx.method}`;
  }

  @Tool() search(@Args(Query) query: Query): string {
    return query.text;
  }
}

/** Leaves it to the types. */
export class Unsaid {
  @Tool() forecast(city: string): string {
    return city;
  }

  @Tool() search(@Args() query: Query): string {
    return query.text;
  }
}
