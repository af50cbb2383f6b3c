/** An order of the shop. */
export interface Order {
  readonly id: string;
  readonly paid: boolean;
}
