const REDACTED = '[redacted]'
/** Shorter values occur in ordinary words; patterns and field names still redact them. */
const VALUE_MIN_LENGTH = 6
/** Keys of Secrets with values that are not secret and occur everywhere. */
const PUBLIC_KEYS = /^(host|port|dbname|user|username|email|.*\.crt)$/
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const SECRET_WORD = 'passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credential|authorization|cookie|session[-_]?id'
/** Fields with the location or lifetime of a secret. */
const PLACE = /(name|names|ref|refs|file|files|path|paths|seconds|policy|type|types|kind|namespace|label|scopes)$/i

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, REDACTED],
  // The console displays the prefix of an API key as well.
  [/\b(gmk_[a-z0-9]{8})_[A-Za-z0-9_-]{8,}/g, `$1_${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, REDACTED],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${REDACTED}`],
  [/(:\/\/[^\s:/@"']*):[^\s@"']+@/g, `$1:${REDACTED}@`],
  [/\b((?:set-)?cookie)(\\*["']?\s*[:=]\s*\\*["']?)(?!\[redacted\])[^"'\\\n\r]+/gi, `$1$2${REDACTED}`],
]
/** Bounded to avoid quadratic matching of long words. */
const FIELD_NAME = `[\\w.-]{0,40}(?:${SECRET_WORD})[\\w.-]{0,40}`
/** "password": "…" in JSON, with escape sequences in the value. */
const JSON_FIELD = new RegExp(`"(${FIELD_NAME})"(\\s*:\\s*)"((?:\\\\.|[^"\\\\])*)"`, 'gi')
/** The same in nested JSON, YAML, settings and messages: up to the next quote, or the end of the word. */
const FIELD = new RegExp(`(${FIELD_NAME})(\\\\*["']?\\s*[:=]\\s*)(?:(\\\\*["'])([^"'\\\\]+)|([^"'\\\\\\s,;{}[\\]]+))`, 'gi')
const SECRET_NAME = new RegExp(SECRET_WORD, 'i')

/** Removes secrets from data that leaves the cluster: known values, and text that matches a pattern. */
export class Redactor {
  readonly #values: readonly string[]

  /** @param secrets data of Secrets, base64. */
  constructor(secrets: readonly Readonly<Record<string, string>>[]) {
    const values = secrets.flatMap((data) => Object.entries(data).flatMap(([key, value]) => (PUBLIC_KEYS.test(key) ? [] : formsOf(value))))
    // Longest first, because a value may be part of another.
    this.#values = [...new Set(values)].filter((value) => value.length >= VALUE_MIN_LENGTH).sort((a, b) => b.length - a.length)
  }

  text(input: string): string {
    let output = input
    for (const value of this.#values) output = output.replaceAll(value, REDACTED)
    for (const [pattern, replacement] of PATTERNS) output = output.replace(pattern, replacement)
    output = output.replace(JSON_FIELD, (whole, name: string, separator: string, value: string) =>
      isPlain(name, value) ? whole : `"${name}"${separator}"${REDACTED}"`,
    )
    return output.replace(FIELD, (whole, name: string, separator: string, quote = '', quoted = '', word = '') =>
      isPlain(name, quoted || word) ? whole : `${name}${separator}${quote}${REDACTED}`,
    )
  }

  /** Converts an API object to text, without machine-readable metadata. */
  object(value: unknown): string {
    return this.text(JSON.stringify(cleaned(value), null, 2))
  }
}

/** Whether a field only refers to a secret, or is already redacted. */
function isPlain(name: string, value: string): boolean {
  return PLACE.test(name) || /^(true|false|null)?$/.test(value) || value.startsWith('[redacted')
}

/** Returns a value in plain text, in base64, in JSON, and line by line. */
function formsOf(base64: string): string[] {
  const plain = Buffer.from(base64, 'base64').toString('utf8')
  const lines = plain.split('\n').map((line) => line.trim())
  return [base64, plain, JSON.stringify(plain).slice(1, -1), encodeURIComponent(plain), ...lines, ...stringsIn(plain)].filter(
    (form) => !/^-----/.test(form),
  )
}

/** Returns the strings in a JSON document, such as the passwords of a .dockerconfigjson. */
function stringsIn(text: string): string[] {
  const strings: string[] = []
  try {
    JSON.parse(text, (key, value) => {
      if (typeof value === 'string' && !PUBLIC_KEYS.test(key)) strings.push(value)
      return value
    })
  } catch {
    return []
  }
  return strings
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'managedFields' && key !== LAST_APPLIED)
  const copy = Object.fromEntries(entries.map(([key, one]) => [key, cleaned(one)]))
  // In a variable of a container, the name identifies the kind of value.
  if (typeof copy.name === 'string' && typeof copy.value === 'string' && SECRET_NAME.test(copy.name) && !PLACE.test(copy.name))
    copy.value = REDACTED
  return copy
}
