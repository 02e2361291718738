import type { z } from 'zod'
import type { KubeObject, Owner } from '../desired/object.js'
import type { Kind } from '../kube/kinds.js'

/** A spec, or what is wrong with it. */
export interface ParsedSpec<Spec> {
  /** Undefined if the API server accepted a spec that this version cannot parse. */
  readonly spec: Spec | undefined
  /** Invalid fields with reasons; empty for a valid spec. */
  readonly specProblem: string
}

/** Parses the spec of a resource and fills in the defaults. Pure. */
export function parseSpec<Input, Spec>(
  resource: KubeObject,
  schema: z.ZodType<Input>,
  withDefaults: (spec: Input) => Spec,
): ParsedSpec<Spec> {
  const parsed = schema.safeParse(resource.spec ?? {})
  if (parsed.success) return { spec: withDefaults(parsed.data), specProblem: '' }
  const problems = parsed.error.issues.map((issue) => `spec.${issue.path.join('.')}: ${issue.message}`)
  return { spec: undefined, specProblem: problems.join('; ') }
}

/** The resource as the owner of its children. Pure. */
export function ownerOf({ metadata }: KubeObject, { apiVersion, kind }: Kind, namespace: string): Owner {
  return { apiVersion, kind, name: metadata.name, namespace, uid: metadata.uid ?? '' }
}
