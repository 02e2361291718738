import { Fragment } from 'react'

/** The name of a signature, which breaks behind its dots where the line is too short. The text is the name as it is. */
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
