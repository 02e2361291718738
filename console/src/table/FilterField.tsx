import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'

interface FilterFieldProps {
  label: string
  placeholder?: string
  /** What the address says now; '' for no filter. */
  value: string
  onChange: (value: string) => void
  icon?: ReactNode
  /** Pixels. */
  widthPx?: number
}

/** On a narrow screen a field fills its line, up to this many times its width. */
const GROWTH_MAX = 1.6

/** A pause in typing after which the list is asked for. */
const TYPING_PAUSE_MS = 300

/** Text of a filter. It goes into the address when the person stops typing, and follows the address when that changes elsewhere. */
export function FilterField({ label, placeholder, value, onChange, icon, widthPx = 130 }: FilterFieldProps) {
  const [draft, setDraft] = useState({ text: value, seen: value, sent: value })
  // A new address is either what was typed here (and more may have been typed since), or comes from elsewhere.
  if (draft.seen !== value) setDraft({ ...draft, seen: value, text: value === draft.sent ? draft.text : value })
  const settle = useDebouncedCallback((text: string) => {
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
        settle(text.trim())
      }}
    />
  )
}
