import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { architectureNamed } from './architecture.js'
import { buildImages } from './build-images.js'

/** node release/dist/images/main.js [x64|arm64]: builds all images into .state/images/<architecture>. */
async function main(): Promise<void> {
  const architecture = architectureNamed(process.argv[2] || process.arch)
  const root = resolve(import.meta.dirname, '../../..')
  const outputFolder = join(root, '.state/images', architecture.name)
  const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'guardimesh')
  const images = await buildImages({ root, architecture, cacheFolder, outputFolder })
  for (const { name, digest, sizeBytes } of images)
    console.log(`${name.padEnd(18)} ${(sizeBytes / 1e6).toFixed(1).padStart(6)} MB  ${digest}`)
}

await main()
