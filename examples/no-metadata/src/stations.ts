/** Weather stations, and how warm it is there in °C. */
export class Stations {
  readonly #temperatures = new Map([
    ['Säntis', -3],
    ['Lugano', 19],
  ]);

  names(): readonly string[] {
    return [...this.#temperatures.keys()];
  }

  temperature(station: string): number | undefined {
    return this.#temperatures.get(station);
  }
}
