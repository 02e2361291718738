import { Fragment } from 'react'

/** Signature name with line-break opportunities after its dots. */
export function SignatureName({ name }: { name: string }) {
  const parts = name.split(/(?<=\.)/)
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name have no other identity and never move.
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ))
}
