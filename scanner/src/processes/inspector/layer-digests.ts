const DIFF_ID = /^sha256:[0-9a-f]{64}$/
/** Docker adds a layer for the mount points of each container on top of those of the image. */
const DOCKER_INIT_LAYER = /-init\/diff$/

/**
 * Returns the diff id of each lower folder. Runtimes compute diff ids when they unpack an image and reject others, so the configuration of an
 * image cannot name those of foreign layers. Pure.
 *
 * @param lowerdirs topmost first.
 * @param diffIds of the image, the lowest first.
 * @returns empty texts when the numbers differ: a runtime may merge layers.
 */
export function layerDigests(lowerdirs: readonly string[], diffIds: readonly string[]): string[] {
  const topFirst = diffIds.toReversed().map((diffId) => (DIFF_ID.test(diffId) ? diffId : ''))
  if (lowerdirs.length === topFirst.length) return topFirst
  if (lowerdirs.length === topFirst.length + 1 && DOCKER_INIT_LAYER.test(lowerdirs[0] ?? '')) return ['', ...topFirst]
  return lowerdirs.map(() => '')
}
