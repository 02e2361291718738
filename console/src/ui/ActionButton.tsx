import { Button, type ButtonProps, type ElementProps } from '@mantine/core'

interface ActionButtonProps extends ButtonProps, ElementProps<'button', keyof ButtonProps> {
  /** Why it cannot be pressed; undefined when it can. */
  disabledReason: string | undefined
}

/** A button that says why it cannot be pressed. */
export function ActionButton({ disabledReason, title, ...props }: ActionButtonProps) {
  return <Button {...props} disabled={disabledReason !== undefined} title={disabledReason ?? title} />
}
