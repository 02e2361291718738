import { Client, credentials, type ServiceError } from '@grpc/grpc-js'

import type { RPCImpl } from 'protobufjs'
import { runtime } from '#messages'

/** The first pod takes a second; a longer call means that the runtime hangs. */
const CALL_TIMEOUT_MS = 60_000

const { RuntimeService, ImageService } = runtime.v1

/** Client of the Container Runtime Interface on a Unix socket. Every call throws CriError with the message of the runtime. */
export interface CriClient {
  readonly pods: InstanceType<typeof RuntimeService>
  readonly images: InstanceType<typeof ImageService>
  close(): void
}

/** An error of the container runtime, or no answer from it. */
export class CriError extends Error {
  override readonly name = 'CriError'
}

/** @param endpoint such as "unix:///run/containerd/containerd.sock". Connects at the first call. */
export function connectCri(endpoint: string): CriClient {
  const client = new Client(endpoint, credentials.createInsecure())
  return {
    pods: new RuntimeService(callsTo(client, 'RuntimeService')),
    images: new ImageService(callsTo(client, 'ImageService')),
    close: () => client.close(),
  }
}

/** Carries encoded messages, so that the generated services do the rest. */
function callsTo(client: Client, service: string): RPCImpl {
  return (method, request, callback) => {
    const options = { deadline: Date.now() + CALL_TIMEOUT_MS }
    const done = (error: ServiceError | null, answer?: Buffer) => callback(error && callFailed(method.name, error), answer ?? null)
    client.makeUnaryRequest(`/runtime.v1.${service}/${method.name}`, asBuffer, (bytes) => bytes, request, options, done)
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function callFailed(method: string, error: ServiceError): CriError {
  return new CriError(`${method} failed in the container runtime (gRPC ${error.code}): ${error.details}`, { cause: error })
}
