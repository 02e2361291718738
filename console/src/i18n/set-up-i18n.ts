import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

/** A further language is one more file beside en.json and one more line here. */
const RESOURCES = { en: { translation: en } }

/** Must be awaited before the first paint. */
export async function setUpI18n(): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    resources: RESOURCES,
    lng: 'en',
    fallbackLng: 'en',
    // React makes text of everything by itself.
    interpolation: { escapeValue: false },
    // Scopes of API keys have a colon in their names.
    nsSeparator: false,
  })
  return i18next
}
