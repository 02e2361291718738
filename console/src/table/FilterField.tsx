import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'

interface FilterFieldProps {
  label: string
  placeholder?: string
  /** Current value in the URL; '' for no filter. */
  value: string
  onChange: (value: string) => void
  icon?: ReactNode
  /** Pixels. */
  widthPx?: number
}

/** Maximum growth factor of a field that fills its line on narrow screens. */
const GROWTH_MAX = 1.6

/** Delay after the last key before the filter is applied. */
const TYPING_PAUSE_MS = 300

/** Text filter. Updates the URL when the user stops typing, and follows the URL when it changes elsewhere. */
export function FilterField({ label, placeholder, value, onChange, icon, widthPx = 130 }: FilterFieldProps) {
  const [draft, setDraft] = useState({ text: value, seen: value, sent: value })
  // A new value is either what this field sent (the user may have typed more since then) or a change from elsewhere.
  if (draft.seen !== value) setDraft({ ...draft, seen: value, text: value === draft.sent ? draft.text : value })
  const submit = useDebouncedCallback((text: string) => {
    setDraft((before) => ({ ...before, sent: text }))
    onChange(text)
  }, TYPING_PAUSE_MS)
  return (
    <TextInput
      type="search"
      size="xs"
      style={{ flex: `1 1 ${widthPx}px`, maxWidth: widthPx * GROWTH_MAX }}
      label={label}
      placeholder={placeholder}
      leftSection={icon}
      value={draft.text}
      maxLength={200}
      onChange={(event) => {
        const text = event.currentTarget.value
        setDraft((before) => ({ ...before, text }))
        submit(text.trim())
      }}
    />
  )
}
