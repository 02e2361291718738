// Sets the colour scheme before the first paint. A file of its own, since the content security policy refuses inline scripts.
;(() => {
  let scheme = 'auto'
  try {
    scheme = localStorage.getItem('guardimesh-color-scheme') ?? 'auto'
  } catch {
    // Storage can be refused by the browser's settings; the system's scheme is used then.
  }
  const isDark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
