import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import { GuardError } from '@guardimesh/kit'
import type { RPCImpl } from 'protobufjs'
import { runtime } from '#messages'

/** Making a pod the first time takes a second; more than this means that the runtime hangs. */
const CALL_TIMEOUT_MS = 60_000

const { RuntimeService, ImageService } = runtime.v1

/** The Container Runtime Interface over a Unix socket. Every call throws GuardError RUNTIME_UNAVAILABLE with the runtime's words. */
export interface CriClient {
  readonly pods: InstanceType<typeof RuntimeService>
  readonly images: InstanceType<typeof ImageService>
  close(): void
}

/** @param endpoint such as "unix:///run/containerd/containerd.sock". Connects when first used. */
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

function callFailed(method: string, error: ServiceError): GuardError {
  const facts = { method, grpcCode: error.code }
  return new GuardError('RUNTIME_UNAVAILABLE', `the container runtime refused ${method}: ${error.details}`, facts, { cause: error })
}
