import type { TextTerm } from '@guardimesh/contracts'

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

  /** Adds a condition without values. */
  addCondition(condition: string): this {
    this.#conditions.push(condition)
    return this
  }

  /** Adds "column is one of the values"; does nothing without values. A single value uses `=`, for which an index returns rows in order. */
  addOneOf(column: string, values: readonly unknown[] | undefined): this {
    return values?.length === 1 ? this.add(`${column} = ?`, values[0]) : this.add(`${column} = ANY(?)`, values)
  }

  /**
   * Adds the conditions of a text filter; does nothing without terms. A single exact term uses `=`, for which an index returns rows in order.
   *
   * @param searchText an indexed expression that contains the column, to find rare texts.
   */
  addText(column: string, terms: readonly TextTerm[] | undefined, searchText?: string): this {
    const wanted = terms?.filter(({ isNegated }) => !isNegated) ?? []
    for (const term of terms ?? []) if (term.isNegated) this.#conditions.push(`NOT ${this.#textCondition(column, term)}`)
    if (wanted.length === 0) return this
    this.#conditions.push(`(${wanted.map((term) => this.#textCondition(column, term)).join(' OR ')})`)
    if (searchText !== undefined && wanted.every(({ isExact }) => !isExact))
      this.#conditions.push(`(${wanted.map((term) => this.#textCondition(searchText, term)).join(' OR ')})`)
    return this
  }

  #textCondition(column: string, { text, isExact }: TextTerm): string {
    return isExact ? `${column} = ${this.bind(text)}` : `${column} ILIKE ${this.bind(containsPattern(text))}`
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
