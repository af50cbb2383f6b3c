import { IsInt, Length, Max, Min } from 'class-validator';
import { Args, ReadOnly, Tags, Tool } from 'tenon';

export class SearchParams {
  /** Words to look for. */
  @Length(1, 100) query!: string;
  /** How many products at most. */
  @IsInt() @Min(1) @Max(100) limit: number = 10;
}

const PRODUCTS = ['red kettle', 'blue kettle', 'tea pot', 'tea cup', 'tea towel'];

/** What is said of the class is said of all its tools. */
@Tags('shop')
export class ProductSearch {
  /** Searches the products of the shop. */
  @Tool()
  @ReadOnly()
  search(@Args() { query, limit }: SearchParams) {
    return PRODUCTS.filter((product) => product.includes(query)).slice(0, limit);
  }
}
