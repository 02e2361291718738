import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFilterDraft } from './use-filter-draft.js'

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

/** Style of a filter of this width. */
export const fieldStyle = (widthPx: number) => ({ flex: `1 1 ${widthPx}px`, maxWidth: widthPx * GROWTH_MAX })

/** Text filter. Updates the URL when the user stops typing, and follows the URL when it changes elsewhere. */
export function FilterField({ label, placeholder, value, onChange, icon, widthPx = 130 }: FilterFieldProps) {
  const { text, type } = useFilterDraft(value, onChange)
  return (
    <TextInput
      type="search"
      size="xs"
      style={fieldStyle(widthPx)}
      label={label}
      placeholder={placeholder}
      leftSection={icon}
      value={text}
      maxLength={200}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
