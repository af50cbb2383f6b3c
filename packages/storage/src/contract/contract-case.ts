/** One thing that a store or a bus has to keep to; `run` rejects where it does not. */
export interface ContractCase {
  /** A sentence about behaviour, for the test that runs it. */
  readonly name: string;
  run(): Promise<void>;
}
