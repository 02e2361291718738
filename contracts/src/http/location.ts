import { z } from 'zod'

/** Fields that identify a container. Spread them into the schema of each object that belongs to a container. */
export const ContainerLocation = {
  clusterId: z.string(),
  nodeName: z.string(),
  namespace: z.string().describe('Empty for a container without a pod'),
  podName: z.string().describe('Empty for a container without a pod'),
  containerName: z.string(),
  containerId: z.string(),
  image: z.string().describe('Image reference as the container runtime reports it'),
}
