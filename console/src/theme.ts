import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core'

/** Deep teal, the colour of the mark. Shade 7 has a contrast ratio above 4.5 with white. */
const mesh: MantineColorsTuple = [
  '#eaf7f8',
  '#d3ecee',
  '#a5d8dd',
  '#73c2ca',
  '#4db0ba',
  '#33a5b0',
  '#1f8f9b',
  '#0f7582',
  '#0b616d',
  '#064c57',
]

/** A cool grey for the dark scheme. */
const dark: MantineColorsTuple = [
  '#d5dbe1',
  '#b3bcc6',
  '#94a0ac',
  '#6d7a87',
  '#46525e',
  '#333d47',
  '#262e36',
  '#1b2127',
  '#141a1f',
  '#0f1418',
]

export const theme = createTheme({
  primaryColor: 'mesh',
  primaryShade: { light: 7, dark: 7 },
  colors: { mesh, dark },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

const OWN_SURFACES = {
  '--mantine-color-body': 'var(--gm-surface)',
  '--mantine-color-text': 'var(--gm-text)',
  '--mantine-color-dimmed': 'var(--gm-text-faint)',
  '--mantine-color-placeholder': 'var(--gm-text-faint)',
  '--mantine-color-error': 'var(--gm-high-text)',
  '--mantine-color-default-border': 'var(--gm-line)',
}

/** Applies the colours of styles.css to Mantine's components. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: OWN_SURFACES, dark: OWN_SURFACES })

/** The key is also read by public/color-scheme.js, before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'guardimesh-color-scheme' })
