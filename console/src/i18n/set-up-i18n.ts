import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

/** To add a language, add a file next to en.json and a line here. */
const RESOURCES = { en: { translation: en } }

/** Must be awaited before the first render. */
export async function setUpI18n(): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    resources: RESOURCES,
    lng: 'en',
    fallbackLng: 'en',
    // React escapes all text.
    interpolation: { escapeValue: false },
    // Names of API key scopes contain a colon.
    nsSeparator: false,
  })
  return i18next
}
