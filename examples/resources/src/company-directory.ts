/** Somebody who works here. */
export interface Employee {
  readonly name: string;
  readonly email: string;
}

const EMPLOYEES = new Map<string, Employee>([
  ['42', { name: 'Ada Lovelace', email: 'ada@example.com' }],
  ['John Doe', { name: 'John Doe', email: 'john@example.com' }],
]);

const TEAMS = new Map<string, readonly string[]>([['acme/engines', ['42', 'John Doe']]]);

/** Who works here, and in which team. */
export class CompanyDirectory {
  find(id: string): Promise<Employee | undefined> {
    return Promise.resolve(EMPLOYEES.get(id));
  }

  async members(org: string, team: string): Promise<readonly Employee[]> {
    const ids = TEAMS.get(`${org}/${team}`) ?? [];
    return (await Promise.all(ids.map((id) => this.find(id)))).filter((each) => each !== undefined);
  }

  newcomers(_org: string, count: number): readonly string[] {
    return [...EMPLOYEES.values()].slice(-count).map(({ name }) => name);
  }
}
