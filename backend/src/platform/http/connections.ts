/** Two connections for each node of the largest cluster that Kubernetes supports. An idle connection uses about 10 KB. */
export const CONNECTIONS_MAX = 10_000
