import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

/** Delay after the last key before the filter is applied. */
const TYPING_PAUSE_MS = 300

/**
 * Text of a filter that is being typed. Updates the filter when the user stops typing, and follows the filter when it changes elsewhere.
 *
 * @param value current text of the filter; '' for none.
 */
export function useFilterDraft(value: string, onChange: (text: string) => void) {
  const [draft, setDraft] = useState({ text: value, seen: value, sent: value })
  // A new value is either what this field sent (the user may have typed more since then) or a change from elsewhere.
  if (draft.seen !== value) setDraft({ ...draft, seen: value, text: value === draft.sent ? draft.text : value })
  const submit = useDebouncedCallback((text: string) => {
    setDraft((before) => ({ ...before, sent: text }))
    onChange(text)
  }, TYPING_PAUSE_MS)
  const type = (text: string) => {
    setDraft((before) => ({ ...before, text }))
    submit(text.trim())
  }
  return { text: draft.text, type }
}
