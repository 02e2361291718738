import { type Browser, chromium, type Page } from 'playwright-core'

/** Debian's Chromium; it runs without a sandbox of its own since tests run as root, and asks nothing of the internet. */
const EXECUTABLE = '/usr/bin/chromium'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })
}

/** Opens the console and logs in as a person would. Its certificate is from an authority that the browser does not know. */
export async function openConsole(browser: Browser, url: string, email: string, password: string): Promise<Page> {
  const page = await browser.newPage({ ignoreHTTPSErrors: url.startsWith('https:') })
  await page.goto(url)
  await page.getByLabel(/e-?mail/i).fill(email)
  await page.getByLabel(/^password/i).fill(password)
  await page.getByRole('button', { name: /(log|sign) in/i }).click()
  await page.getByRole('navigation').first().waitFor()
  return page
}
