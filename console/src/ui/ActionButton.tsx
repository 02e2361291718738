import { Button, type ButtonProps, type ElementProps } from '@mantine/core'

interface ActionButtonProps extends ButtonProps, ElementProps<'button', keyof ButtonProps> {
  /** Why the button is disabled; undefined if it is enabled. */
  disabledReason: string | undefined
}

/** Button with a tooltip that explains why it is disabled. */
export function ActionButton({ disabledReason, title, ...props }: ActionButtonProps) {
  return <Button {...props} disabled={disabledReason !== undefined} title={disabledReason ?? title} />
}
