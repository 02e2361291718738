/** EventSource without a network, for jsdom, which has none. A test sends events to all open sources. */
export class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static readonly all = new Set<FakeEventSource>()
  readonly url: string
  readyState = 1

  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.all.add(this)
  }

  /** Delivers an event to all open sources. */
  static send(name: string, data = ''): void {
    for (const source of FakeEventSource.all) source.dispatchEvent(new MessageEvent(name, { data }))
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED
    FakeEventSource.all.delete(this)
  }
}
