interface Entry<Value> {
  readonly pid: number
  readonly value: Value
}

/**
 * Values by the name of a namespace, such as "mnt:[4026532280]". The kernel gives the name of an ended namespace to the next one, so each entry
 * names a process of its namespace and is valid only while this process is in it.
 */
export class NamespaceMap<Value> {
  readonly #entries = new Map<string, Entry<Value>>()

  get(name: string): Value | undefined {
    return this.#entries.get(name)?.value
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** @param pid a process of the namespace. */
  set(name: string, pid: number, value: Value): void {
    this.#entries.set(name, { pid, value })
  }

  delete(name: string): void {
    this.#entries.delete(name)
  }

  *[Symbol.iterator](): Generator<[string, Value]> {
    for (const [name, { value }] of this.#entries) yield [name, value]
  }

  /** Removes the entries of namespaces that have ended, and returns them. @param processes the processes of every namespace. */
  removeEnded(processes: ReadonlyMap<string, readonly number[]>): [string, Value][] {
    const ended = [...this.#entries].filter(([name, { pid }]) => !processes.get(name)?.includes(pid))
    for (const [name] of ended) this.#entries.delete(name)
    return ended.map(([name, { value }]) => [name, value])
  }
}
