import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'
import { mockApi } from '../../mock-api/vite-plugin.js'

const ROOT = join(import.meta.dirname, '../..')
/** The browser of Debian; source of the flags: what runs on a machine without a display and without a user. */
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

/** Builds the console, serves it with the API in memory under the backend's content security policy, and starts Chromium. */
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
  if (url === undefined) throw new Error('the preview server has no address')
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

/** A page of a browser with no history. Faults of the console, and what the policy refuses, are gathered in `faults`. */
export async function openPage(console: RunningConsole, { colorScheme = 'light', widthPx = 1360 }: OpenOptions = {}) {
  const context = await console.browser.newContext({
    baseURL: console.url,
    colorScheme,
    viewport: { width: widthPx, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  // Shorter than a test, so that a failure says what was waited for.
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // Chromium writes each answer of 400 and above as an error; those are asked for on purpose.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  return { page, faults, close: () => context.close() }
}

export const PASSWORD = 'correct horse battery'

/** Logs in as a person does. */
export async function logIn(page: Page, email = 'admin@guardimesh.local', address = '/'): Promise<void> {
  await page.goto(address)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  // The heading of a screen behind the login; the login's own has another id and may still be there.
  await page.locator('#page-title').waitFor()
}

/** What axe finds wrong, one line each. */
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
