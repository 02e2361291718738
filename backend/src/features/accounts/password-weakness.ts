/** Fewer different characters are a pattern, not a password. */
const DISTINCT_MIN = 5
/** A sequence of this length contributes nothing that an attacker would not try. */
const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv',
]
const SEQUENCE_MIN = 4
/** Lists of common passwords have no longer ones, in bytes of UTF-8. */
const LISTED_MAX_BYTES = 64
/** Letters after which a password counts as chosen by its user and not from a list. */
const OWN_LETTERS_MIN = 6

/** The words of which common passwords of at least 12 characters consist, from published lists. The longest match is removed first. */
const COMMON_WORDS = (
  'administrator kubernetes guardimesh correcthorsebatterystaple password passwort passwd changeme letmein welcome iloveyou qwerty qwertz azerty ' +
  'default temporary security computer internet football baseball basketball superman batman princess sunshine dragon monkey master shadow ' +
  'michael jennifer jordan trustno starwars freedom summer winter spring autumn admin login access system server secret public private ' +
  'company hallo hello guest users user root test demo pass word love'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)

/** Common replacements of letters. */
const LETTER_OF: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Explains why a password is easy to guess: a pattern, or nothing but common words, the user's name, sequences, digits and signs. Undefined for
 * others. Pure.
 */
export function passwordWeakness(password: string, email: string): string | undefined {
  if (Buffer.byteLength(password) > LISTED_MAX_BYTES) return undefined
  const lower = password.toLowerCase()
  if (new Set(lower).size < DISTINCT_MIN) return `has fewer than ${DISTINCT_MIN} different characters`
  const words = [...email.toLowerCase().split(/[^a-z0-9]+/), ...COMMON_WORDS].filter((word) => word.length > 2)
  const replaced = [...lower].map((character) => LETTER_OF[character] ?? character).join('')
  const rest = Math.min(ownLetters(lower, words), ownLetters(replaced, words))
  return rest < OWN_LETTERS_MIN ? 'consists of common words, sequences, digits and signs only' : undefined
}

/** Counts the characters besides known words, sequences, digits and signs. */
function ownLetters(text: string, words: readonly string[]): number {
  let rest = text
  for (const word of words) rest = rest.replaceAll(word, ' ')
  return new Set(withoutSequences(rest).replaceAll(/[^\p{L}\p{Extended_Pictographic}]/gu, '')).size
}

function withoutSequences(text: string): string {
  let rest = text
  for (const sequence of SEQUENCES)
    for (const direction of [sequence, [...sequence].reverse().join('')])
      for (let length = direction.length; length >= SEQUENCE_MIN; length--)
        for (let at = 0; at + length <= direction.length; at++) rest = rest.replaceAll(direction.slice(at, at + length), ' ')
  return rest
}
