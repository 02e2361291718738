import { UNPRIVILEGED_ID } from '@guardimesh/contracts'
import type { Architecture } from './architecture.js'
import { type ImageRecipe, SYSTEM_PATH } from './catalog/recipe.js'

/** Images have a fixed time, because the build time would change the digest. */
const EPOCH = '1970-01-01T00:00:00Z'

/** Builds the configuration of an image without its layers. Pure. Source: OCI image specification 1.1, config.md, annotations.md. */
export function imageConfig(recipe: ImageRecipe, version: string, architecture: Architecture): Readonly<Record<string, unknown>> {
  const env = { PATH: SYSTEM_PATH, ...(recipe.program ? { NODE_ENV: 'production' } : {}), ...recipe.env }
  return {
    created: EPOCH,
    architecture: architecture.oci,
    ...(architecture.oci === 'arm64' ? { variant: 'v8' } : {}),
    os: 'linux',
    config: {
      User: `${UNPRIVILEGED_ID}:${UNPRIVILEGED_ID}`,
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      Entrypoint: recipe.entrypoint,
      WorkingDir: recipe.program ? '/app' : '/',
      Labels: {
        'org.opencontainers.image.title': `guardimesh-${recipe.name}`,
        'org.opencontainers.image.description': recipe.description,
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.vendor': 'Guardimesh',
        'org.opencontainers.image.licenses': recipe.licenses,
      },
    },
  }
}
