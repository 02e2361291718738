/** Collects the conditions of a query and their values; values never become part of the SQL text. */
export class Where {
  readonly #conditions: string[] = []
  readonly values: unknown[] = []

  /** Adds a condition whose `?` stand for the values, in order. Left out when the first value is undefined. */
  add(condition: string, ...values: readonly unknown[]): this {
    if (values.length > 0 && values[0] === undefined) return this
    let at = 0
    this.#conditions.push(condition.replaceAll('?', () => this.bind(values[at++])))
    return this
  }

  /** Adds "is one of these"; left out when there are none. A single one is compared as such, since an index gives its rows in order then. */
  addOneOf(column: string, values: readonly unknown[] | undefined): this {
    return values?.length === 1 ? this.add(`${column} = ?`, values[0]) : this.add(`${column} = ANY(?)`, values)
  }

  /** Adds a value and gives its place in the SQL text, such as `$3`. */
  bind(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  /** `WHERE …`, or nothing. */
  get sql(): string {
    return this.#conditions.length === 0 ? '' : `WHERE ${this.#conditions.join(' AND ')}`
  }
}

/** The ILIKE pattern "holds this text"; its wildcards lose their meaning. Pure. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
