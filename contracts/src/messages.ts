import { guardimesh } from '#messages'

/** The protobuf messages: `messages.ClamResult.encode(…).finish()`, `messages.ClamResult.decode(bytes)`. */
export const messages: typeof guardimesh.v1 = guardimesh.v1

type FilledField<Field> = Field extends Uint8Array | string | number | boolean
  ? Field
  : Field extends readonly (infer Item)[]
    ? readonly FilledField<Item>[]
    : Filled<Field> | null

/**
 * A decoded message. protobufjs declares every field optional, but sets missing scalars to their defaults and missing lists to `[]`;
 * only nested messages can be missing.
 */
export type Filled<Message> = {
  readonly [Name in Exclude<keyof Message, '$unknowns'>]-?: Message[Name] extends infer Field | null | undefined
    ? FilledField<NonNullable<Field>>
    : never
}

type V1 = typeof guardimesh.v1
/** Input of the encoder; every field is optional. */
export type Draft<Name extends keyof V1> = V1[Name] extends { encode(message: infer Message, ...rest: never[]): unknown } ? Message : never

export type ClamResultMessage = Omit<Filled<guardimesh.v1.ClamResult.$Properties>, 'findings' | 'coverage'> & {
  readonly findings: readonly FindingMessage[]
  readonly coverage: readonly CoverageMessage[]
}
export type FindingMessage = Filled<guardimesh.v1.Finding.$Properties>
export type CoverageMessage = Filled<guardimesh.v1.Coverage.$Properties>
export type ProcessMessage = Filled<guardimesh.v1.Process.$Properties>
export type FileSightingMessage = Filled<guardimesh.v1.FileSighting.$Properties>
export type GapMessage = Filled<guardimesh.v1.Gap.$Properties>
export type PodLogMessage = Omit<Filled<guardimesh.v1.PodLog.$Properties>, 'containers'> & {
  readonly containers: readonly PodContainerMessage[]
}
export type PodContainerMessage = Filled<guardimesh.v1.PodContainer.$Properties>
export type NodeStatusMessage = Filled<guardimesh.v1.NodeStatus.$Properties>
export type ContainerInfoMessage = Omit<Filled<guardimesh.v1.ContainerInfo.$Properties>, 'mounts'> & {
  readonly mounts: readonly ContainerMountMessage[]
}
export type ContainerMountMessage = Filled<guardimesh.v1.ContainerMount.$Properties>
export type RuntimeStatusMessage = Filled<guardimesh.v1.RuntimeStatus.$Properties>
