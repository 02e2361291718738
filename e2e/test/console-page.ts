import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Screenshots of the last run, for manual inspection. */
const SCREENSHOT_FOLDER = join(tmpdir(), 'guardimesh-e2e-screenshots')

/** Reads the names and values of the description list on a page. */
export async function readFacts(page: Page): Promise<Record<string, string>> {
  const [names, values] = await Promise.all([page.locator('dt').allInnerTexts(), page.locator('dd').allInnerTexts()])
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

/** Saves a screenshot of the whole page and replaces that of an earlier run. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOT_FOLDER, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOT_FOLDER, `${name}.png`), fullPage: true })
}

/** Marks the document. @returns a function that reports whether the mark still exists, which is not the case after a full page load. */
export async function markDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
  return () => page.evaluate(() => 'isSameDocument' in globalThis)
}
