import { afterEach, vi } from 'vitest'
import { FakeEventSource } from './fake-event-source.js'

// What Mantine asks of a browser and jsdom lacks. The end-to-end checks run without this file's help, in a real browser.
if (typeof window !== 'undefined') {
  const { cleanup, configure } = await import('@testing-library/react')
  afterEach(cleanup)
  // Also on a machine that does other work.
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
  // Fields that grow with their text measure it again when a font arrives.
  Object.defineProperty(document, 'fonts', { value: new EventTarget() })
  Element.prototype.scrollIntoView = () => {}
}
