import { afterEach, vi } from 'vitest'
import { FakeEventSource } from '../api/fake-event-source.fixture.js'

// Browser APIs that Mantine needs and jsdom lacks. End-to-end tests use a real browser.
if (typeof window !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react')
  afterEach(cleanup)
  // Generous, for machines under load.
  configure({ asyncUtilTimeout: 15_000 })
  window.matchMedia = (query) => ({
    matches: false,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    dispatchEvent: () => false,
  })
  vi.stubGlobal('EventSource', FakeEventSource)
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  // Autosizing fields listen for loaded fonts.
  Object.defineProperty(document, 'fonts', { value: new EventTarget() })
  Element.prototype.scrollIntoView = () => {}
}
