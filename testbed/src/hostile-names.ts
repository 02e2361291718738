/** A file name as an attacker chooses it. */
export interface HostileName {
  readonly name: string
  /** Each byte is a character. */
  readonly bytes: string
  /** As API and console show it. */
  readonly shown: string
}

const plain = (name: string, bytes: string): HostileName => ({ name, bytes, shown: bytes })

/** File names that forge lines, run as commands or markup, differ in invisible characters, or are not UTF-8. */
export const HOSTILE_NAMES: readonly HostileName[] = [
  { name: 'carriage return', bytes: 'cr\rOK clean.txt', shown: 'cr\\x0dOK clean.txt' },
  { name: 'newline', bytes: 'line\nbreak.php', shown: 'line\\x0abreak.php' },
  { name: 'newlines with text', bytes: 'two\n\nlines: OK\n.py', shown: 'two\\x0a\\x0alines: OK\\x0a.py' },
  { name: 'escape sequence', bytes: 'esc\x1b[2J\x1b[31mred.txt', shown: 'esc\\x1b[2J\\x1b[31mred.txt' },
  { name: 'tab', bytes: 'tab\there.com', shown: 'tab\\x09here.com' },
  { name: 'delete character', bytes: 'del\x7f.com', shown: 'del\\x7f.com' },
  { name: 'next line (NEL)', bytes: '\xc2\x85nel.com', shown: '\\xc2\\x85nel.com' },
  { name: 'one byte that is not UTF-8', bytes: 'bad\x80utf.com', shown: 'bad\\x80utf.com' },
  { name: 'bytes that are never UTF-8', bytes: 'bad\xff\xfe.com', shown: 'bad\\xff\\xfe.com' },
  { name: 'a bad byte between letters', bytes: 'aza\x80zz.com', shown: 'aza\\x80zz.com' },
  { name: 'surrogate', bytes: '\xed\xa0\x80surrogate.com', shown: '\\xed\\xa0\\x80surrogate.com' },
  { name: 'right-to-left override', bytes: 'rtl\xe2\x80\xaetxt.exe', shown: 'rtl\\xe2\\x80\\xaetxt.exe' },
  { name: 'zero-width space', bytes: 'zwsp\xe2\x80\x8b.com', shown: 'zwsp\\xe2\\x80\\x8b.com' },
  { name: 'pictograph', bytes: 'emoji\xf0\x9f\x92\x80.com', shown: 'emoji\u{1f480}.com' },
  { name: 'combining mark first', bytes: '\xcc\x8acombining.com', shown: '\u030acombining.com' },
  { name: 'composed letter (NFC)', bytes: 'caf\xc3\xa9-nfc.com', shown: 'caf\u00e9-nfc.com' },
  { name: 'decomposed letter (NFD)', bytes: 'cafe\xcc\x81-nfd.com', shown: 'cafe\u0301-nfd.com' },
  { name: 'backslash', bytes: 'back\\slash.com', shown: 'back\\\\slash.com' },
  { name: 'text of an escape', bytes: '\\x41.com', shown: '\\\\x41.com' },
  plain('percent escape', '%41%2f.com'),
  plain('quotes and a shell expression', `quote'"$(id).com`),
  plain('markup', '<img src=x onerror=alert(1)>.com'),
  plain('formula', "=cmd|' !A0.csv"),
  plain('leading hyphen', '-rf'),
  plain('leading and trailing blank', ' lead and trail '),
  plain('mark of a deleted file', 'name (deleted)'),
  plain('mark of an unnamed file', '#123 (deleted)'),
  plain('255 bytes', 'L'.repeat(255)),
  { name: 'first of two that differ in one bad byte', bytes: 'pair\x80.com', shown: 'pair\\x80.com' },
  { name: 'second of two that differ in one bad byte', bytes: 'pair\x81.com', shown: 'pair\\x81.com' },
]
