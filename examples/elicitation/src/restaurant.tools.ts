import { choice, Context, Injectable, Tool } from 'tenon';
import { Reservation } from './reservation.js';
import { Restaurant } from './restaurant.js';

@Injectable()
export class RestaurantTools {
  constructor(private readonly restaurant: Restaurant) {}

  /** Reserves a table; asks for whom, and where. */
  @Tool()
  async bookTable(ctx: Context) {
    // On the newer revision what stands before a question runs again with its answer; a step in once() does not.
    const table = await ctx.once('table', () => this.restaurant.hold());
    const form = await ctx.elicit('For whom may we reserve?', Reservation);
    if (form.action !== 'accept') return { status: 'cancelled' };
    const place = await ctx.elicit('Where?', choice({ inside: 'Inside', terrace: 'On the terrace' }));
    const { name, guests } = form.data;
    this.restaurant.reserve(table, name);
    return {
      status: 'reserved',
      table,
      name,
      guests,
      place: place.action === 'accept' ? place.data : 'inside',
    };
  }

  /** Sends the person to a page of ours: what is typed there is seen by no client and no model. */
  @Tool()
  async payDeposit(table: string, ctx: Context): Promise<string> {
    const action = await ctx.elicitUrl('The deposit is paid on our page.', {
      url: `https://restaurant.example/deposit/${encodeURIComponent(table)}`,
      elicitationId: `deposit-${table}`,
    });
    return action === 'accept' ? 'The person is paying' : 'No deposit';
  }
}
