import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Screenshots of the last run, for manual inspection. */
const SCREENSHOT_FOLDER = join(tmpdir(), 'guardimesh-e2e-screenshots')

/** The names and values that a page of facts shows. */
export async function factsOf(page: Page): Promise<Record<string, string>> {
  const [names, values] = await Promise.all([page.locator('dt').allInnerTexts(), page.locator('dd').allInnerTexts()])
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

/** Keeps a picture of the whole page; the one of an earlier run is replaced. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOT_FOLDER, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOT_FOLDER, `${name}.png`), fullPage: true })
}

/** Marks the current document; a reload, or a link outside the application, would lose the mark. */
export async function markDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
  return () => page.evaluate(() => 'isSameDocument' in globalThis)
}
