import { type Browser, chromium, type Page } from 'playwright-core'

/** Debian's Chromium, without its sandbox because tests run as root, and without requests to the internet. */
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

/** Opens the console and logs in through the form. The browser does not trust the CA of the console's certificate. */
export async function openConsole(browser: Browser, url: string, email: string, password: string): Promise<Page> {
  const page = await browser.newPage({ ignoreHTTPSErrors: url.startsWith('https:') })
  // The list of findings, which the tests read; the default page is the list of incidents.
  await page.goto(`${url}/findings`)
  await page.getByLabel(/e-?mail/i).fill(email)
  await page.getByLabel(/^password/i).fill(password)
  await page.getByRole('button', { name: /(log|sign) in/i }).click()
  await page.getByRole('navigation').first().waitFor()
  return page
}
