// Sets the colour scheme before the first paint. A separate file, because the content security policy forbids inline scripts.
;(() => {
  let scheme = 'auto'
  try {
    scheme = localStorage.getItem('guardimesh-color-scheme') ?? 'auto'
  } catch {
    // The browser settings can disable storage. The system theme is used then.
  }
  const isDark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
