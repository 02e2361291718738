import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'
import { mockApi } from '../../mock-api/vite-plugin.js'

const ROOT = join(import.meta.dirname, '../..')
/** Debian's Chromium. The flags are for machines without a display, and for tests that run as root. */
const CHROMIUM = '/usr/bin/chromium'
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export interface RunningConsole {
  url: string
  browser: Browser
  stop: () => Promise<void>
}

/** Builds the console, serves it with the mock API and the backend's content security policy, and starts Chromium. */
export async function startConsole({ findingEveryMs }: { findingEveryMs: number }): Promise<RunningConsole> {
  const outDir = await mkdtemp(join(tmpdir(), 'guardimesh-console-'))
  await build({ root: ROOT, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  const { default: react } = await import('@vitejs/plugin-react')
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), mockApi({ findingEveryMs })],
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('the preview server has no URL')
  return {
    url: url.replace(/\/$/, ''),
    browser,
    stop: async () => {
      await browser.close()
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

interface OpenOptions {
  colorScheme?: 'light' | 'dark'
  widthPx?: number
}

/** Opens a page in a new browser context. `faults` collects script errors and violations of the content security policy. */
export async function openPage(console: RunningConsole, { colorScheme = 'light', widthPx = 1360 }: OpenOptions = {}) {
  const context = await console.browser.newContext({
    baseURL: console.url,
    colorScheme,
    viewport: { width: widthPx, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  // Shorter than the test timeout, so that a failure names the missing element.
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // Chromium logs each response with a status of 400 or above as an error; the tests cause them intentionally.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  return { page, faults, close: () => context.close() }
}

export const PASSWORD = 'correct horse battery'

/** Logs in through the form. */
export async function logIn(page: Page, email = 'admin@guardimesh.local', address = '/findings'): Promise<void> {
  await page.goto(address)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  // The title of a page that requires a login.
  await page.locator('#page-title').waitFor()
}

/** Returns the accessibility violations that axe reports, one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: runner } = window as unknown as { axe: typeof axe }
    const result = await runner.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      targets: nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`),
    }))
  })
  return violations.map(({ id, help, targets }) => `${id}: ${help}: ${targets.slice(0, 4).join(' | ')}`)
}
