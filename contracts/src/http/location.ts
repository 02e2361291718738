import { z } from 'zod'

/** Fields that locate a container; spread them into the schema of everything that was seen in one. */
export const ContainerLocation = {
  clusterId: z.string(),
  nodeName: z.string(),
  namespace: z.string().describe('Empty for a container without a pod'),
  podName: z.string().describe('Empty for a container without a pod'),
  containerName: z.string(),
  containerId: z.string(),
  image: z.string().describe('Image reference as the container runtime reports it'),
}
