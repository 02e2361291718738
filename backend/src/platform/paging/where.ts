/** Builds the WHERE clause of a query. Values are bound as parameters and never become part of the SQL text. */
export class Where {
  readonly #conditions: string[] = []
  readonly values: unknown[] = []

  /** Adds a condition with a `?` per value. Does nothing if the first value is undefined. */
  add(condition: string, ...values: readonly unknown[]): this {
    if (values.length > 0 && values[0] === undefined) return this
    let at = 0
    this.#conditions.push(condition.replaceAll('?', () => this.bind(values[at++])))
    return this
  }

  /** Adds "column is one of the values"; does nothing without values. A single value uses `=`, for which an index returns rows in order. */
  addOneOf(column: string, values: readonly unknown[] | undefined): this {
    return values?.length === 1 ? this.add(`${column} = ?`, values[0]) : this.add(`${column} = ANY(?)`, values)
  }

  /** Binds a value and returns its placeholder, such as `$3`. */
  bind(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  /** `WHERE …`, or an empty string. */
  get sql(): string {
    return this.#conditions.length === 0 ? '' : `WHERE ${this.#conditions.join(' AND ')}`
  }
}

/** Returns the ILIKE pattern for "contains this text", with escaped wildcards. Pure. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
