import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace runtime. */
export namespace runtime {

    /** Namespace v1. */
    namespace v1 {

        /** Represents a RuntimeService */
        class RuntimeService extends $protobuf.rpc.Service {

            /**
             * Constructs a new RuntimeService service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /**
             * Creates new RuntimeService service using the specified rpc implementation.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             * @returns RPC service. Useful where requests and/or responses are streamed.
             */
            static create(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean): RuntimeService;

            /** Calls Version. */
            version: runtime.v1.RuntimeService.Version;

            /** Calls RunPodSandbox. */
            runPodSandbox: runtime.v1.RuntimeService.RunPodSandbox;

            /** Calls StopPodSandbox. */
            stopPodSandbox: runtime.v1.RuntimeService.StopPodSandbox;

            /** Calls RemovePodSandbox. */
            removePodSandbox: runtime.v1.RuntimeService.RemovePodSandbox;

            /** Calls ListPodSandbox. */
            listPodSandbox: runtime.v1.RuntimeService.ListPodSandbox;

            /** Calls CreateContainer. */
            createContainer: runtime.v1.RuntimeService.CreateContainer;

            /** Calls StartContainer. */
            startContainer: runtime.v1.RuntimeService.StartContainer;

            /** Calls ContainerStatus. */
            containerStatus: runtime.v1.RuntimeService.ContainerStatus;

            /** Calls ExecSync. */
            execSync: runtime.v1.RuntimeService.ExecSync;
        }

        namespace RuntimeService {

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#version}.
             * @param error Error, if any
             * @param [response] VersionResponse
             */
            type VersionCallback = (error: (Error|null), response?: runtime.v1.VersionResponse) => void;

            /** Calls Version. */
            type Version = {
              (request: runtime.v1.IVersionRequest, callback: runtime.v1.RuntimeService.VersionCallback): void;
              (request: runtime.v1.IVersionRequest): Promise<runtime.v1.VersionResponse>;
              readonly name: "Version";
              readonly path: "/runtime.v1.RuntimeService/Version";
              readonly requestType: "VersionRequest";
              readonly responseType: "VersionResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#runPodSandbox}.
             * @param error Error, if any
             * @param [response] RunPodSandboxResponse
             */
            type RunPodSandboxCallback = (error: (Error|null), response?: runtime.v1.RunPodSandboxResponse) => void;

            /** Calls RunPodSandbox. */
            type RunPodSandbox = {
              (request: runtime.v1.IRunPodSandboxRequest, callback: runtime.v1.RuntimeService.RunPodSandboxCallback): void;
              (request: runtime.v1.IRunPodSandboxRequest): Promise<runtime.v1.RunPodSandboxResponse>;
              readonly name: "RunPodSandbox";
              readonly path: "/runtime.v1.RuntimeService/RunPodSandbox";
              readonly requestType: "RunPodSandboxRequest";
              readonly responseType: "RunPodSandboxResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#stopPodSandbox}.
             * @param error Error, if any
             * @param [response] Empty
             */
            type StopPodSandboxCallback = (error: (Error|null), response?: runtime.v1.Empty) => void;

            /** Calls StopPodSandbox. */
            type StopPodSandbox = {
              (request: runtime.v1.IPodSandboxRequest, callback: runtime.v1.RuntimeService.StopPodSandboxCallback): void;
              (request: runtime.v1.IPodSandboxRequest): Promise<runtime.v1.Empty>;
              readonly name: "StopPodSandbox";
              readonly path: "/runtime.v1.RuntimeService/StopPodSandbox";
              readonly requestType: "PodSandboxRequest";
              readonly responseType: "Empty";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#removePodSandbox}.
             * @param error Error, if any
             * @param [response] Empty
             */
            type RemovePodSandboxCallback = (error: (Error|null), response?: runtime.v1.Empty) => void;

            /** Calls RemovePodSandbox. */
            type RemovePodSandbox = {
              (request: runtime.v1.IPodSandboxRequest, callback: runtime.v1.RuntimeService.RemovePodSandboxCallback): void;
              (request: runtime.v1.IPodSandboxRequest): Promise<runtime.v1.Empty>;
              readonly name: "RemovePodSandbox";
              readonly path: "/runtime.v1.RuntimeService/RemovePodSandbox";
              readonly requestType: "PodSandboxRequest";
              readonly responseType: "Empty";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#listPodSandbox}.
             * @param error Error, if any
             * @param [response] ListPodSandboxResponse
             */
            type ListPodSandboxCallback = (error: (Error|null), response?: runtime.v1.ListPodSandboxResponse) => void;

            /** Calls ListPodSandbox. */
            type ListPodSandbox = {
              (request: runtime.v1.IEmpty, callback: runtime.v1.RuntimeService.ListPodSandboxCallback): void;
              (request: runtime.v1.IEmpty): Promise<runtime.v1.ListPodSandboxResponse>;
              readonly name: "ListPodSandbox";
              readonly path: "/runtime.v1.RuntimeService/ListPodSandbox";
              readonly requestType: "Empty";
              readonly responseType: "ListPodSandboxResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#createContainer}.
             * @param error Error, if any
             * @param [response] CreateContainerResponse
             */
            type CreateContainerCallback = (error: (Error|null), response?: runtime.v1.CreateContainerResponse) => void;

            /** Calls CreateContainer. */
            type CreateContainer = {
              (request: runtime.v1.ICreateContainerRequest, callback: runtime.v1.RuntimeService.CreateContainerCallback): void;
              (request: runtime.v1.ICreateContainerRequest): Promise<runtime.v1.CreateContainerResponse>;
              readonly name: "CreateContainer";
              readonly path: "/runtime.v1.RuntimeService/CreateContainer";
              readonly requestType: "CreateContainerRequest";
              readonly responseType: "CreateContainerResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#startContainer}.
             * @param error Error, if any
             * @param [response] Empty
             */
            type StartContainerCallback = (error: (Error|null), response?: runtime.v1.Empty) => void;

            /** Calls StartContainer. */
            type StartContainer = {
              (request: runtime.v1.IStartContainerRequest, callback: runtime.v1.RuntimeService.StartContainerCallback): void;
              (request: runtime.v1.IStartContainerRequest): Promise<runtime.v1.Empty>;
              readonly name: "StartContainer";
              readonly path: "/runtime.v1.RuntimeService/StartContainer";
              readonly requestType: "StartContainerRequest";
              readonly responseType: "Empty";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#containerStatus}.
             * @param error Error, if any
             * @param [response] ContainerStatusResponse
             */
            type ContainerStatusCallback = (error: (Error|null), response?: runtime.v1.ContainerStatusResponse) => void;

            /** Calls ContainerStatus. */
            type ContainerStatus = {
              (request: runtime.v1.IContainerStatusRequest, callback: runtime.v1.RuntimeService.ContainerStatusCallback): void;
              (request: runtime.v1.IContainerStatusRequest): Promise<runtime.v1.ContainerStatusResponse>;
              readonly name: "ContainerStatus";
              readonly path: "/runtime.v1.RuntimeService/ContainerStatus";
              readonly requestType: "ContainerStatusRequest";
              readonly responseType: "ContainerStatusResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#execSync}.
             * @param error Error, if any
             * @param [response] ExecSyncResponse
             */
            type ExecSyncCallback = (error: (Error|null), response?: runtime.v1.ExecSyncResponse) => void;

            /** Calls ExecSync. */
            type ExecSync = {
              (request: runtime.v1.IExecSyncRequest, callback: runtime.v1.RuntimeService.ExecSyncCallback): void;
              (request: runtime.v1.IExecSyncRequest): Promise<runtime.v1.ExecSyncResponse>;
              readonly name: "ExecSync";
              readonly path: "/runtime.v1.RuntimeService/ExecSync";
              readonly requestType: "ExecSyncRequest";
              readonly responseType: "ExecSyncResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };
        }

        /** Represents an ImageService */
        class ImageService extends $protobuf.rpc.Service {

            /**
             * Constructs a new ImageService service.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             */
            constructor(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean);

            /**
             * Creates new ImageService service using the specified rpc implementation.
             * @param rpcImpl RPC implementation
             * @param [requestDelimited=false] Whether requests are length-delimited
             * @param [responseDelimited=false] Whether responses are length-delimited
             * @returns RPC service. Useful where requests and/or responses are streamed.
             */
            static create(rpcImpl: $protobuf.RPCImpl, requestDelimited?: boolean, responseDelimited?: boolean): ImageService;

            /** Calls ImageStatus. */
            imageStatus: runtime.v1.ImageService.ImageStatus;
        }

        namespace ImageService {

            /**
             * Callback as used by {@link runtime.v1.ImageService#imageStatus}.
             * @param error Error, if any
             * @param [response] ImageStatusResponse
             */
            type ImageStatusCallback = (error: (Error|null), response?: runtime.v1.ImageStatusResponse) => void;

            /** Calls ImageStatus. */
            type ImageStatus = {
              (request: runtime.v1.IImageStatusRequest, callback: runtime.v1.ImageService.ImageStatusCallback): void;
              (request: runtime.v1.IImageStatusRequest): Promise<runtime.v1.ImageStatusResponse>;
              readonly name: "ImageStatus";
              readonly path: "/runtime.v1.ImageService/ImageStatus";
              readonly requestType: "ImageStatusRequest";
              readonly responseType: "ImageStatusResponse";
              readonly requestStream: undefined;
              readonly responseStream: undefined;
            };
        }

        /**
         * Properties of an Empty.
         * @deprecated Use runtime.v1.Empty.$Properties instead.
         */
        interface IEmpty extends runtime.v1.Empty.$Properties {
        }

        /** Replaces every request and response without used fields. */
        class Empty {

            /**
             * Constructs a new Empty.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.Empty.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new Empty instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Empty instance
             */
            static create(properties: runtime.v1.Empty.$Shape): runtime.v1.Empty & runtime.v1.Empty.$Shape;
            static create(properties?: runtime.v1.Empty.$Properties): runtime.v1.Empty;

            /**
             * Encodes the specified Empty message. Does not implicitly {@link runtime.v1.Empty.verify|verify} messages.
             * @param message Empty message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.Empty.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Empty message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.Empty & runtime.v1.Empty.$Shape} Empty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.Empty & runtime.v1.Empty.$Shape;
        }

        namespace Empty {

            /** Properties of an Empty. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Empty. */
            type $Shape = runtime.v1.Empty.$Properties;
        }

        /**
         * Properties of a VersionRequest.
         * @deprecated Use runtime.v1.VersionRequest.$Properties instead.
         */
        interface IVersionRequest extends runtime.v1.VersionRequest.$Properties {
        }

        /** Represents a VersionRequest. */
        class VersionRequest {

            /**
             * Constructs a new VersionRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.VersionRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new VersionRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VersionRequest instance
             */
            static create(properties: runtime.v1.VersionRequest.$Shape): runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape;
            static create(properties?: runtime.v1.VersionRequest.$Properties): runtime.v1.VersionRequest;

            /**
             * Encodes the specified VersionRequest message. Does not implicitly {@link runtime.v1.VersionRequest.verify|verify} messages.
             * @param message VersionRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.VersionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VersionRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape} VersionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape;
        }

        namespace VersionRequest {

            /** Properties of a VersionRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VersionRequest. */
            type $Shape = runtime.v1.VersionRequest.$Properties;
        }

        /**
         * Properties of a VersionResponse.
         * @deprecated Use runtime.v1.VersionResponse.$Properties instead.
         */
        interface IVersionResponse extends runtime.v1.VersionResponse.$Properties {
        }

        /** Represents a VersionResponse. */
        class VersionResponse {

            /**
             * Constructs a new VersionResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.VersionResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VersionResponse runtimeName. */
            runtimeName: string;

            /** VersionResponse runtimeVersion. */
            runtimeVersion: string;

            /**
             * Creates a new VersionResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns VersionResponse instance
             */
            static create(properties: runtime.v1.VersionResponse.$Shape): runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape;
            static create(properties?: runtime.v1.VersionResponse.$Properties): runtime.v1.VersionResponse;

            /**
             * Encodes the specified VersionResponse message. Does not implicitly {@link runtime.v1.VersionResponse.verify|verify} messages.
             * @param message VersionResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.VersionResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VersionResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape} VersionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape;
        }

        namespace VersionResponse {

            /** Properties of a VersionResponse. */
            interface $Properties {

                /** VersionResponse runtimeName */
                runtimeName?: (string|null);

                /** VersionResponse runtimeVersion */
                runtimeVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VersionResponse. */
            type $Shape = runtime.v1.VersionResponse.$Properties;
        }

        /** Scope of a Linux namespace of a container. */
        enum NamespaceMode {

            /** Shared by the containers of the pod. */
            POD = 0,

            /** The container's own. */
            CONTAINER = 1,

            /** The node's. */
            NODE = 2
        }

        /**
         * Properties of a NamespaceOption.
         * @deprecated Use runtime.v1.NamespaceOption.$Properties instead.
         */
        interface INamespaceOption extends runtime.v1.NamespaceOption.$Properties {
        }

        /** Represents a NamespaceOption. */
        class NamespaceOption {

            /**
             * Constructs a new NamespaceOption.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.NamespaceOption.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamespaceOption network. */
            network: runtime.v1.NamespaceMode;

            /** NamespaceOption pid. */
            pid: runtime.v1.NamespaceMode;

            /** NamespaceOption ipc. */
            ipc: runtime.v1.NamespaceMode;

            /**
             * Creates a new NamespaceOption instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamespaceOption instance
             */
            static create(properties: runtime.v1.NamespaceOption.$Shape): runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape;
            static create(properties?: runtime.v1.NamespaceOption.$Properties): runtime.v1.NamespaceOption;

            /**
             * Encodes the specified NamespaceOption message. Does not implicitly {@link runtime.v1.NamespaceOption.verify|verify} messages.
             * @param message NamespaceOption message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.NamespaceOption.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamespaceOption message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape} NamespaceOption
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape;
        }

        namespace NamespaceOption {

            /** Properties of a NamespaceOption. */
            interface $Properties {

                /** NamespaceOption network */
                network?: (runtime.v1.NamespaceMode|null);

                /** NamespaceOption pid */
                pid?: (runtime.v1.NamespaceMode|null);

                /** NamespaceOption ipc */
                ipc?: (runtime.v1.NamespaceMode|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamespaceOption. */
            type $Shape = runtime.v1.NamespaceOption.$Properties;
        }

        /**
         * Properties of a PodSandboxMetadata.
         * @deprecated Use runtime.v1.PodSandboxMetadata.$Properties instead.
         */
        interface IPodSandboxMetadata extends runtime.v1.PodSandboxMetadata.$Properties {
        }

        /** Represents a PodSandboxMetadata. */
        class PodSandboxMetadata {

            /**
             * Constructs a new PodSandboxMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodSandboxMetadata name. */
            name: string;

            /** PodSandboxMetadata uid. */
            uid: string;

            /** PodSandboxMetadata namespace. */
            namespace: string;

            /** PodSandboxMetadata attempt. */
            attempt: number;

            /**
             * Creates a new PodSandboxMetadata instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxMetadata instance
             */
            static create(properties: runtime.v1.PodSandboxMetadata.$Shape): runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape;
            static create(properties?: runtime.v1.PodSandboxMetadata.$Properties): runtime.v1.PodSandboxMetadata;

            /**
             * Encodes the specified PodSandboxMetadata message. Does not implicitly {@link runtime.v1.PodSandboxMetadata.verify|verify} messages.
             * @param message PodSandboxMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape} PodSandboxMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape;
        }

        namespace PodSandboxMetadata {

            /** Properties of a PodSandboxMetadata. */
            interface $Properties {

                /** PodSandboxMetadata name */
                name?: (string|null);

                /** PodSandboxMetadata uid */
                uid?: (string|null);

                /** PodSandboxMetadata namespace */
                namespace?: (string|null);

                /** PodSandboxMetadata attempt */
                attempt?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxMetadata. */
            type $Shape = runtime.v1.PodSandboxMetadata.$Properties;
        }

        /**
         * Properties of a LinuxSandboxSecurityContext.
         * @deprecated Use runtime.v1.LinuxSandboxSecurityContext.$Properties instead.
         */
        interface ILinuxSandboxSecurityContext extends runtime.v1.LinuxSandboxSecurityContext.$Properties {
        }

        /** Represents a LinuxSandboxSecurityContext. */
        class LinuxSandboxSecurityContext {

            /**
             * Constructs a new LinuxSandboxSecurityContext.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.LinuxSandboxSecurityContext.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinuxSandboxSecurityContext namespaceOptions. */
            namespaceOptions?: (runtime.v1.NamespaceOption.$Properties|null);

            /** LinuxSandboxSecurityContext privileged. */
            privileged: boolean;

            /**
             * Creates a new LinuxSandboxSecurityContext instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinuxSandboxSecurityContext instance
             */
            static create(properties: runtime.v1.LinuxSandboxSecurityContext.$Shape): runtime.v1.LinuxSandboxSecurityContext & runtime.v1.LinuxSandboxSecurityContext.$Shape;
            static create(properties?: runtime.v1.LinuxSandboxSecurityContext.$Properties): runtime.v1.LinuxSandboxSecurityContext;

            /**
             * Encodes the specified LinuxSandboxSecurityContext message. Does not implicitly {@link runtime.v1.LinuxSandboxSecurityContext.verify|verify} messages.
             * @param message LinuxSandboxSecurityContext message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.LinuxSandboxSecurityContext.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinuxSandboxSecurityContext message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxSandboxSecurityContext & runtime.v1.LinuxSandboxSecurityContext.$Shape} LinuxSandboxSecurityContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.LinuxSandboxSecurityContext & runtime.v1.LinuxSandboxSecurityContext.$Shape;
        }

        namespace LinuxSandboxSecurityContext {

            /** Properties of a LinuxSandboxSecurityContext. */
            interface $Properties {

                /** LinuxSandboxSecurityContext namespaceOptions */
                namespaceOptions?: (runtime.v1.NamespaceOption.$Properties|null);

                /** LinuxSandboxSecurityContext privileged */
                privileged?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinuxSandboxSecurityContext. */
            type $Shape = runtime.v1.LinuxSandboxSecurityContext.$Properties;
        }

        /**
         * Properties of a LinuxPodSandboxConfig.
         * @deprecated Use runtime.v1.LinuxPodSandboxConfig.$Properties instead.
         */
        interface ILinuxPodSandboxConfig extends runtime.v1.LinuxPodSandboxConfig.$Properties {
        }

        /** Represents a LinuxPodSandboxConfig. */
        class LinuxPodSandboxConfig {

            /**
             * Constructs a new LinuxPodSandboxConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.LinuxPodSandboxConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinuxPodSandboxConfig securityContext. */
            securityContext?: (runtime.v1.LinuxSandboxSecurityContext.$Properties|null);

            /**
             * Creates a new LinuxPodSandboxConfig instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinuxPodSandboxConfig instance
             */
            static create(properties: runtime.v1.LinuxPodSandboxConfig.$Shape): runtime.v1.LinuxPodSandboxConfig & runtime.v1.LinuxPodSandboxConfig.$Shape;
            static create(properties?: runtime.v1.LinuxPodSandboxConfig.$Properties): runtime.v1.LinuxPodSandboxConfig;

            /**
             * Encodes the specified LinuxPodSandboxConfig message. Does not implicitly {@link runtime.v1.LinuxPodSandboxConfig.verify|verify} messages.
             * @param message LinuxPodSandboxConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.LinuxPodSandboxConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinuxPodSandboxConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxPodSandboxConfig & runtime.v1.LinuxPodSandboxConfig.$Shape} LinuxPodSandboxConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.LinuxPodSandboxConfig & runtime.v1.LinuxPodSandboxConfig.$Shape;
        }

        namespace LinuxPodSandboxConfig {

            /** Properties of a LinuxPodSandboxConfig. */
            interface $Properties {

                /** LinuxPodSandboxConfig securityContext */
                securityContext?: (runtime.v1.LinuxSandboxSecurityContext.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinuxPodSandboxConfig. */
            type $Shape = runtime.v1.LinuxPodSandboxConfig.$Properties;
        }

        /**
         * Properties of a PodSandboxConfig.
         * @deprecated Use runtime.v1.PodSandboxConfig.$Properties instead.
         */
        interface IPodSandboxConfig extends runtime.v1.PodSandboxConfig.$Properties {
        }

        /** Represents a PodSandboxConfig. */
        class PodSandboxConfig {

            /**
             * Constructs a new PodSandboxConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodSandboxConfig metadata. */
            metadata?: (runtime.v1.PodSandboxMetadata.$Properties|null);

            /** Base folder of the containers' log paths. */
            logDirectory: string;

            /** PodSandboxConfig labels. */
            labels: { [k: string]: string };

            /** PodSandboxConfig linux. */
            linux?: (runtime.v1.LinuxPodSandboxConfig.$Properties|null);

            /**
             * Creates a new PodSandboxConfig instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxConfig instance
             */
            static create(properties: runtime.v1.PodSandboxConfig.$Shape): runtime.v1.PodSandboxConfig & runtime.v1.PodSandboxConfig.$Shape;
            static create(properties?: runtime.v1.PodSandboxConfig.$Properties): runtime.v1.PodSandboxConfig;

            /**
             * Encodes the specified PodSandboxConfig message. Does not implicitly {@link runtime.v1.PodSandboxConfig.verify|verify} messages.
             * @param message PodSandboxConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxConfig & runtime.v1.PodSandboxConfig.$Shape} PodSandboxConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxConfig & runtime.v1.PodSandboxConfig.$Shape;
        }

        namespace PodSandboxConfig {

            /** Properties of a PodSandboxConfig. */
            interface $Properties {

                /** PodSandboxConfig metadata */
                metadata?: (runtime.v1.PodSandboxMetadata.$Properties|null);

                /** Base folder of the containers' log paths. */
                logDirectory?: (string|null);

                /** PodSandboxConfig labels */
                labels?: ({ [k: string]: string }|null);

                /** PodSandboxConfig linux */
                linux?: (runtime.v1.LinuxPodSandboxConfig.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxConfig. */
            type $Shape = runtime.v1.PodSandboxConfig.$Properties;
        }

        /**
         * Properties of a RunPodSandboxRequest.
         * @deprecated Use runtime.v1.RunPodSandboxRequest.$Properties instead.
         */
        interface IRunPodSandboxRequest extends runtime.v1.RunPodSandboxRequest.$Properties {
        }

        /** Represents a RunPodSandboxRequest. */
        class RunPodSandboxRequest {

            /**
             * Constructs a new RunPodSandboxRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.RunPodSandboxRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RunPodSandboxRequest config. */
            config?: (runtime.v1.PodSandboxConfig.$Properties|null);

            /**
             * Creates a new RunPodSandboxRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RunPodSandboxRequest instance
             */
            static create(properties: runtime.v1.RunPodSandboxRequest.$Shape): runtime.v1.RunPodSandboxRequest & runtime.v1.RunPodSandboxRequest.$Shape;
            static create(properties?: runtime.v1.RunPodSandboxRequest.$Properties): runtime.v1.RunPodSandboxRequest;

            /**
             * Encodes the specified RunPodSandboxRequest message. Does not implicitly {@link runtime.v1.RunPodSandboxRequest.verify|verify} messages.
             * @param message RunPodSandboxRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.RunPodSandboxRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunPodSandboxRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.RunPodSandboxRequest & runtime.v1.RunPodSandboxRequest.$Shape} RunPodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.RunPodSandboxRequest & runtime.v1.RunPodSandboxRequest.$Shape;
        }

        namespace RunPodSandboxRequest {

            /** Properties of a RunPodSandboxRequest. */
            interface $Properties {

                /** RunPodSandboxRequest config */
                config?: (runtime.v1.PodSandboxConfig.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunPodSandboxRequest. */
            type $Shape = runtime.v1.RunPodSandboxRequest.$Properties;
        }

        /**
         * Properties of a RunPodSandboxResponse.
         * @deprecated Use runtime.v1.RunPodSandboxResponse.$Properties instead.
         */
        interface IRunPodSandboxResponse extends runtime.v1.RunPodSandboxResponse.$Properties {
        }

        /** Represents a RunPodSandboxResponse. */
        class RunPodSandboxResponse {

            /**
             * Constructs a new RunPodSandboxResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.RunPodSandboxResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RunPodSandboxResponse podSandboxId. */
            podSandboxId: string;

            /**
             * Creates a new RunPodSandboxResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RunPodSandboxResponse instance
             */
            static create(properties: runtime.v1.RunPodSandboxResponse.$Shape): runtime.v1.RunPodSandboxResponse & runtime.v1.RunPodSandboxResponse.$Shape;
            static create(properties?: runtime.v1.RunPodSandboxResponse.$Properties): runtime.v1.RunPodSandboxResponse;

            /**
             * Encodes the specified RunPodSandboxResponse message. Does not implicitly {@link runtime.v1.RunPodSandboxResponse.verify|verify} messages.
             * @param message RunPodSandboxResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.RunPodSandboxResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunPodSandboxResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.RunPodSandboxResponse & runtime.v1.RunPodSandboxResponse.$Shape} RunPodSandboxResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.RunPodSandboxResponse & runtime.v1.RunPodSandboxResponse.$Shape;
        }

        namespace RunPodSandboxResponse {

            /** Properties of a RunPodSandboxResponse. */
            interface $Properties {

                /** RunPodSandboxResponse podSandboxId */
                podSandboxId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunPodSandboxResponse. */
            type $Shape = runtime.v1.RunPodSandboxResponse.$Properties;
        }

        /**
         * Properties of a PodSandboxRequest.
         * @deprecated Use runtime.v1.PodSandboxRequest.$Properties instead.
         */
        interface IPodSandboxRequest extends runtime.v1.PodSandboxRequest.$Properties {
        }

        /** Used for stopping and removing. */
        class PodSandboxRequest {

            /**
             * Constructs a new PodSandboxRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodSandboxRequest podSandboxId. */
            podSandboxId: string;

            /**
             * Creates a new PodSandboxRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxRequest instance
             */
            static create(properties: runtime.v1.PodSandboxRequest.$Shape): runtime.v1.PodSandboxRequest & runtime.v1.PodSandboxRequest.$Shape;
            static create(properties?: runtime.v1.PodSandboxRequest.$Properties): runtime.v1.PodSandboxRequest;

            /**
             * Encodes the specified PodSandboxRequest message. Does not implicitly {@link runtime.v1.PodSandboxRequest.verify|verify} messages.
             * @param message PodSandboxRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxRequest & runtime.v1.PodSandboxRequest.$Shape} PodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxRequest & runtime.v1.PodSandboxRequest.$Shape;
        }

        namespace PodSandboxRequest {

            /** Properties of a PodSandboxRequest. */
            interface $Properties {

                /** PodSandboxRequest podSandboxId */
                podSandboxId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxRequest. */
            type $Shape = runtime.v1.PodSandboxRequest.$Properties;
        }

        /**
         * Properties of a PodSandbox.
         * @deprecated Use runtime.v1.PodSandbox.$Properties instead.
         */
        interface IPodSandbox extends runtime.v1.PodSandbox.$Properties {
        }

        /** Represents a PodSandbox. */
        class PodSandbox {

            /**
             * Constructs a new PodSandbox.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandbox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PodSandbox id. */
            id: string;

            /**
             * Creates a new PodSandbox instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandbox instance
             */
            static create(properties: runtime.v1.PodSandbox.$Shape): runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape;
            static create(properties?: runtime.v1.PodSandbox.$Properties): runtime.v1.PodSandbox;

            /**
             * Encodes the specified PodSandbox message. Does not implicitly {@link runtime.v1.PodSandbox.verify|verify} messages.
             * @param message PodSandbox message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandbox.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandbox message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape} PodSandbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape;
        }

        namespace PodSandbox {

            /** Properties of a PodSandbox. */
            interface $Properties {

                /** PodSandbox id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandbox. */
            type $Shape = runtime.v1.PodSandbox.$Properties;
        }

        /**
         * Properties of a ListPodSandboxResponse.
         * @deprecated Use runtime.v1.ListPodSandboxResponse.$Properties instead.
         */
        interface IListPodSandboxResponse extends runtime.v1.ListPodSandboxResponse.$Properties {
        }

        /** Represents a ListPodSandboxResponse. */
        class ListPodSandboxResponse {

            /**
             * Constructs a new ListPodSandboxResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ListPodSandboxResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListPodSandboxResponse items. */
            items: runtime.v1.PodSandbox.$Properties[];

            /**
             * Creates a new ListPodSandboxResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListPodSandboxResponse instance
             */
            static create(properties: runtime.v1.ListPodSandboxResponse.$Shape): runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape;
            static create(properties?: runtime.v1.ListPodSandboxResponse.$Properties): runtime.v1.ListPodSandboxResponse;

            /**
             * Encodes the specified ListPodSandboxResponse message. Does not implicitly {@link runtime.v1.ListPodSandboxResponse.verify|verify} messages.
             * @param message ListPodSandboxResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ListPodSandboxResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPodSandboxResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape} ListPodSandboxResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape;
        }

        namespace ListPodSandboxResponse {

            /** Properties of a ListPodSandboxResponse. */
            interface $Properties {

                /** ListPodSandboxResponse items */
                items?: (runtime.v1.PodSandbox.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListPodSandboxResponse. */
            type $Shape = runtime.v1.ListPodSandboxResponse.$Properties;
        }

        /**
         * Properties of an ImageSpec.
         * @deprecated Use runtime.v1.ImageSpec.$Properties instead.
         */
        interface IImageSpec extends runtime.v1.ImageSpec.$Properties {
        }

        /** Represents an ImageSpec. */
        class ImageSpec {

            /**
             * Constructs a new ImageSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ImageSpec image. */
            image: string;

            /**
             * Creates a new ImageSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ImageSpec instance
             */
            static create(properties: runtime.v1.ImageSpec.$Shape): runtime.v1.ImageSpec & runtime.v1.ImageSpec.$Shape;
            static create(properties?: runtime.v1.ImageSpec.$Properties): runtime.v1.ImageSpec;

            /**
             * Encodes the specified ImageSpec message. Does not implicitly {@link runtime.v1.ImageSpec.verify|verify} messages.
             * @param message ImageSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ImageSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ImageSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ImageSpec & runtime.v1.ImageSpec.$Shape} ImageSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ImageSpec & runtime.v1.ImageSpec.$Shape;
        }

        namespace ImageSpec {

            /** Properties of an ImageSpec. */
            interface $Properties {

                /** ImageSpec image */
                image?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ImageSpec. */
            type $Shape = runtime.v1.ImageSpec.$Properties;
        }

        /**
         * Properties of a Mount.
         * @deprecated Use runtime.v1.Mount.$Properties instead.
         */
        interface IMount extends runtime.v1.Mount.$Properties {
        }

        /** Represents a Mount. */
        class Mount {

            /**
             * Constructs a new Mount.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.Mount.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Mount containerPath. */
            containerPath: string;

            /** Mount hostPath. */
            hostPath: string;

            /** Mount readonly. */
            readonly: boolean;

            /**
             * Creates a new Mount instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Mount instance
             */
            static create(properties: runtime.v1.Mount.$Shape): runtime.v1.Mount & runtime.v1.Mount.$Shape;
            static create(properties?: runtime.v1.Mount.$Properties): runtime.v1.Mount;

            /**
             * Encodes the specified Mount message. Does not implicitly {@link runtime.v1.Mount.verify|verify} messages.
             * @param message Mount message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.Mount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Mount message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.Mount & runtime.v1.Mount.$Shape} Mount
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.Mount & runtime.v1.Mount.$Shape;
        }

        namespace Mount {

            /** Properties of a Mount. */
            interface $Properties {

                /** Mount containerPath */
                containerPath?: (string|null);

                /** Mount hostPath */
                hostPath?: (string|null);

                /** Mount readonly */
                readonly?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Mount. */
            type $Shape = runtime.v1.Mount.$Properties;
        }

        /**
         * Properties of a ContainerMetadata.
         * @deprecated Use runtime.v1.ContainerMetadata.$Properties instead.
         */
        interface IContainerMetadata extends runtime.v1.ContainerMetadata.$Properties {
        }

        /** Represents a ContainerMetadata. */
        class ContainerMetadata {

            /**
             * Constructs a new ContainerMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerMetadata name. */
            name: string;

            /** ContainerMetadata attempt. */
            attempt: number;

            /**
             * Creates a new ContainerMetadata instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerMetadata instance
             */
            static create(properties: runtime.v1.ContainerMetadata.$Shape): runtime.v1.ContainerMetadata & runtime.v1.ContainerMetadata.$Shape;
            static create(properties?: runtime.v1.ContainerMetadata.$Properties): runtime.v1.ContainerMetadata;

            /**
             * Encodes the specified ContainerMetadata message. Does not implicitly {@link runtime.v1.ContainerMetadata.verify|verify} messages.
             * @param message ContainerMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerMetadata & runtime.v1.ContainerMetadata.$Shape} ContainerMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerMetadata & runtime.v1.ContainerMetadata.$Shape;
        }

        namespace ContainerMetadata {

            /** Properties of a ContainerMetadata. */
            interface $Properties {

                /** ContainerMetadata name */
                name?: (string|null);

                /** ContainerMetadata attempt */
                attempt?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerMetadata. */
            type $Shape = runtime.v1.ContainerMetadata.$Properties;
        }

        /**
         * Properties of a LinuxContainerSecurityContext.
         * @deprecated Use runtime.v1.LinuxContainerSecurityContext.$Properties instead.
         */
        interface ILinuxContainerSecurityContext extends runtime.v1.LinuxContainerSecurityContext.$Properties {
        }

        /** Represents a LinuxContainerSecurityContext. */
        class LinuxContainerSecurityContext {

            /**
             * Constructs a new LinuxContainerSecurityContext.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.LinuxContainerSecurityContext.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinuxContainerSecurityContext privileged. */
            privileged: boolean;

            /** LinuxContainerSecurityContext namespaceOptions. */
            namespaceOptions?: (runtime.v1.NamespaceOption.$Properties|null);

            /**
             * Creates a new LinuxContainerSecurityContext instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinuxContainerSecurityContext instance
             */
            static create(properties: runtime.v1.LinuxContainerSecurityContext.$Shape): runtime.v1.LinuxContainerSecurityContext & runtime.v1.LinuxContainerSecurityContext.$Shape;
            static create(properties?: runtime.v1.LinuxContainerSecurityContext.$Properties): runtime.v1.LinuxContainerSecurityContext;

            /**
             * Encodes the specified LinuxContainerSecurityContext message. Does not implicitly {@link runtime.v1.LinuxContainerSecurityContext.verify|verify} messages.
             * @param message LinuxContainerSecurityContext message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.LinuxContainerSecurityContext.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinuxContainerSecurityContext message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxContainerSecurityContext & runtime.v1.LinuxContainerSecurityContext.$Shape} LinuxContainerSecurityContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.LinuxContainerSecurityContext & runtime.v1.LinuxContainerSecurityContext.$Shape;
        }

        namespace LinuxContainerSecurityContext {

            /** Properties of a LinuxContainerSecurityContext. */
            interface $Properties {

                /** LinuxContainerSecurityContext privileged */
                privileged?: (boolean|null);

                /** LinuxContainerSecurityContext namespaceOptions */
                namespaceOptions?: (runtime.v1.NamespaceOption.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinuxContainerSecurityContext. */
            type $Shape = runtime.v1.LinuxContainerSecurityContext.$Properties;
        }

        /**
         * Properties of a LinuxContainerConfig.
         * @deprecated Use runtime.v1.LinuxContainerConfig.$Properties instead.
         */
        interface ILinuxContainerConfig extends runtime.v1.LinuxContainerConfig.$Properties {
        }

        /** Represents a LinuxContainerConfig. */
        class LinuxContainerConfig {

            /**
             * Constructs a new LinuxContainerConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.LinuxContainerConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LinuxContainerConfig securityContext. */
            securityContext?: (runtime.v1.LinuxContainerSecurityContext.$Properties|null);

            /**
             * Creates a new LinuxContainerConfig instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LinuxContainerConfig instance
             */
            static create(properties: runtime.v1.LinuxContainerConfig.$Shape): runtime.v1.LinuxContainerConfig & runtime.v1.LinuxContainerConfig.$Shape;
            static create(properties?: runtime.v1.LinuxContainerConfig.$Properties): runtime.v1.LinuxContainerConfig;

            /**
             * Encodes the specified LinuxContainerConfig message. Does not implicitly {@link runtime.v1.LinuxContainerConfig.verify|verify} messages.
             * @param message LinuxContainerConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.LinuxContainerConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LinuxContainerConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxContainerConfig & runtime.v1.LinuxContainerConfig.$Shape} LinuxContainerConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.LinuxContainerConfig & runtime.v1.LinuxContainerConfig.$Shape;
        }

        namespace LinuxContainerConfig {

            /** Properties of a LinuxContainerConfig. */
            interface $Properties {

                /** LinuxContainerConfig securityContext */
                securityContext?: (runtime.v1.LinuxContainerSecurityContext.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LinuxContainerConfig. */
            type $Shape = runtime.v1.LinuxContainerConfig.$Properties;
        }

        /**
         * Properties of a ContainerConfig.
         * @deprecated Use runtime.v1.ContainerConfig.$Properties instead.
         */
        interface IContainerConfig extends runtime.v1.ContainerConfig.$Properties {
        }

        /** Represents a ContainerConfig. */
        class ContainerConfig {

            /**
             * Constructs a new ContainerConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerConfig metadata. */
            metadata?: (runtime.v1.ContainerMetadata.$Properties|null);

            /** ContainerConfig image. */
            image?: (runtime.v1.ImageSpec.$Properties|null);

            /** Default: the command of the image. */
            command: string[];

            /** ContainerConfig mounts. */
            mounts: runtime.v1.Mount.$Properties[];

            /** ContainerConfig labels. */
            labels: { [k: string]: string };

            /** ContainerConfig logPath. */
            logPath: string;

            /** ContainerConfig linux. */
            linux?: (runtime.v1.LinuxContainerConfig.$Properties|null);

            /**
             * Creates a new ContainerConfig instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerConfig instance
             */
            static create(properties: runtime.v1.ContainerConfig.$Shape): runtime.v1.ContainerConfig & runtime.v1.ContainerConfig.$Shape;
            static create(properties?: runtime.v1.ContainerConfig.$Properties): runtime.v1.ContainerConfig;

            /**
             * Encodes the specified ContainerConfig message. Does not implicitly {@link runtime.v1.ContainerConfig.verify|verify} messages.
             * @param message ContainerConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerConfig & runtime.v1.ContainerConfig.$Shape} ContainerConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerConfig & runtime.v1.ContainerConfig.$Shape;
        }

        namespace ContainerConfig {

            /** Properties of a ContainerConfig. */
            interface $Properties {

                /** ContainerConfig metadata */
                metadata?: (runtime.v1.ContainerMetadata.$Properties|null);

                /** ContainerConfig image */
                image?: (runtime.v1.ImageSpec.$Properties|null);

                /** Default: the command of the image. */
                command?: (string[]|null);

                /** ContainerConfig mounts */
                mounts?: (runtime.v1.Mount.$Properties[]|null);

                /** ContainerConfig labels */
                labels?: ({ [k: string]: string }|null);

                /** ContainerConfig logPath */
                logPath?: (string|null);

                /** ContainerConfig linux */
                linux?: (runtime.v1.LinuxContainerConfig.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerConfig. */
            type $Shape = runtime.v1.ContainerConfig.$Properties;
        }

        /**
         * Properties of a CreateContainerRequest.
         * @deprecated Use runtime.v1.CreateContainerRequest.$Properties instead.
         */
        interface ICreateContainerRequest extends runtime.v1.CreateContainerRequest.$Properties {
        }

        /** Represents a CreateContainerRequest. */
        class CreateContainerRequest {

            /**
             * Constructs a new CreateContainerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.CreateContainerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateContainerRequest podSandboxId. */
            podSandboxId: string;

            /** CreateContainerRequest config. */
            config?: (runtime.v1.ContainerConfig.$Properties|null);

            /** CreateContainerRequest sandboxConfig. */
            sandboxConfig?: (runtime.v1.PodSandboxConfig.$Properties|null);

            /**
             * Creates a new CreateContainerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateContainerRequest instance
             */
            static create(properties: runtime.v1.CreateContainerRequest.$Shape): runtime.v1.CreateContainerRequest & runtime.v1.CreateContainerRequest.$Shape;
            static create(properties?: runtime.v1.CreateContainerRequest.$Properties): runtime.v1.CreateContainerRequest;

            /**
             * Encodes the specified CreateContainerRequest message. Does not implicitly {@link runtime.v1.CreateContainerRequest.verify|verify} messages.
             * @param message CreateContainerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.CreateContainerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateContainerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.CreateContainerRequest & runtime.v1.CreateContainerRequest.$Shape} CreateContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.CreateContainerRequest & runtime.v1.CreateContainerRequest.$Shape;
        }

        namespace CreateContainerRequest {

            /** Properties of a CreateContainerRequest. */
            interface $Properties {

                /** CreateContainerRequest podSandboxId */
                podSandboxId?: (string|null);

                /** CreateContainerRequest config */
                config?: (runtime.v1.ContainerConfig.$Properties|null);

                /** CreateContainerRequest sandboxConfig */
                sandboxConfig?: (runtime.v1.PodSandboxConfig.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateContainerRequest. */
            type $Shape = runtime.v1.CreateContainerRequest.$Properties;
        }

        /**
         * Properties of a CreateContainerResponse.
         * @deprecated Use runtime.v1.CreateContainerResponse.$Properties instead.
         */
        interface ICreateContainerResponse extends runtime.v1.CreateContainerResponse.$Properties {
        }

        /** Represents a CreateContainerResponse. */
        class CreateContainerResponse {

            /**
             * Constructs a new CreateContainerResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.CreateContainerResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateContainerResponse containerId. */
            containerId: string;

            /**
             * Creates a new CreateContainerResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateContainerResponse instance
             */
            static create(properties: runtime.v1.CreateContainerResponse.$Shape): runtime.v1.CreateContainerResponse & runtime.v1.CreateContainerResponse.$Shape;
            static create(properties?: runtime.v1.CreateContainerResponse.$Properties): runtime.v1.CreateContainerResponse;

            /**
             * Encodes the specified CreateContainerResponse message. Does not implicitly {@link runtime.v1.CreateContainerResponse.verify|verify} messages.
             * @param message CreateContainerResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.CreateContainerResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateContainerResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.CreateContainerResponse & runtime.v1.CreateContainerResponse.$Shape} CreateContainerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.CreateContainerResponse & runtime.v1.CreateContainerResponse.$Shape;
        }

        namespace CreateContainerResponse {

            /** Properties of a CreateContainerResponse. */
            interface $Properties {

                /** CreateContainerResponse containerId */
                containerId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateContainerResponse. */
            type $Shape = runtime.v1.CreateContainerResponse.$Properties;
        }

        /**
         * Properties of a StartContainerRequest.
         * @deprecated Use runtime.v1.StartContainerRequest.$Properties instead.
         */
        interface IStartContainerRequest extends runtime.v1.StartContainerRequest.$Properties {
        }

        /** Represents a StartContainerRequest. */
        class StartContainerRequest {

            /**
             * Constructs a new StartContainerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.StartContainerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StartContainerRequest containerId. */
            containerId: string;

            /**
             * Creates a new StartContainerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StartContainerRequest instance
             */
            static create(properties: runtime.v1.StartContainerRequest.$Shape): runtime.v1.StartContainerRequest & runtime.v1.StartContainerRequest.$Shape;
            static create(properties?: runtime.v1.StartContainerRequest.$Properties): runtime.v1.StartContainerRequest;

            /**
             * Encodes the specified StartContainerRequest message. Does not implicitly {@link runtime.v1.StartContainerRequest.verify|verify} messages.
             * @param message StartContainerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.StartContainerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StartContainerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.StartContainerRequest & runtime.v1.StartContainerRequest.$Shape} StartContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.StartContainerRequest & runtime.v1.StartContainerRequest.$Shape;
        }

        namespace StartContainerRequest {

            /** Properties of a StartContainerRequest. */
            interface $Properties {

                /** StartContainerRequest containerId */
                containerId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StartContainerRequest. */
            type $Shape = runtime.v1.StartContainerRequest.$Properties;
        }

        /**
         * Properties of a ContainerStatusRequest.
         * @deprecated Use runtime.v1.ContainerStatusRequest.$Properties instead.
         */
        interface IContainerStatusRequest extends runtime.v1.ContainerStatusRequest.$Properties {
        }

        /** Represents a ContainerStatusRequest. */
        class ContainerStatusRequest {

            /**
             * Constructs a new ContainerStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerStatusRequest containerId. */
            containerId: string;

            /** Requests `info` in the response. */
            verbose: boolean;

            /**
             * Creates a new ContainerStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerStatusRequest instance
             */
            static create(properties: runtime.v1.ContainerStatusRequest.$Shape): runtime.v1.ContainerStatusRequest & runtime.v1.ContainerStatusRequest.$Shape;
            static create(properties?: runtime.v1.ContainerStatusRequest.$Properties): runtime.v1.ContainerStatusRequest;

            /**
             * Encodes the specified ContainerStatusRequest message. Does not implicitly {@link runtime.v1.ContainerStatusRequest.verify|verify} messages.
             * @param message ContainerStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatusRequest & runtime.v1.ContainerStatusRequest.$Shape} ContainerStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerStatusRequest & runtime.v1.ContainerStatusRequest.$Shape;
        }

        namespace ContainerStatusRequest {

            /** Properties of a ContainerStatusRequest. */
            interface $Properties {

                /** ContainerStatusRequest containerId */
                containerId?: (string|null);

                /** Requests `info` in the response. */
                verbose?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStatusRequest. */
            type $Shape = runtime.v1.ContainerStatusRequest.$Properties;
        }

        /**
         * Properties of a ContainerStatusResponse.
         * @deprecated Use runtime.v1.ContainerStatusResponse.$Properties instead.
         */
        interface IContainerStatusResponse extends runtime.v1.ContainerStatusResponse.$Properties {
        }

        /** Represents a ContainerStatusResponse. */
        class ContainerStatusResponse {

            /**
             * Constructs a new ContainerStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** containerd returns one JSON text as "info"; its `pid` is that of the first process. */
            info: { [k: string]: string };

            /**
             * Creates a new ContainerStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerStatusResponse instance
             */
            static create(properties: runtime.v1.ContainerStatusResponse.$Shape): runtime.v1.ContainerStatusResponse & runtime.v1.ContainerStatusResponse.$Shape;
            static create(properties?: runtime.v1.ContainerStatusResponse.$Properties): runtime.v1.ContainerStatusResponse;

            /**
             * Encodes the specified ContainerStatusResponse message. Does not implicitly {@link runtime.v1.ContainerStatusResponse.verify|verify} messages.
             * @param message ContainerStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatusResponse & runtime.v1.ContainerStatusResponse.$Shape} ContainerStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerStatusResponse & runtime.v1.ContainerStatusResponse.$Shape;
        }

        namespace ContainerStatusResponse {

            /** Properties of a ContainerStatusResponse. */
            interface $Properties {

                /** containerd returns one JSON text as "info"; its `pid` is that of the first process. */
                info?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStatusResponse. */
            type $Shape = runtime.v1.ContainerStatusResponse.$Properties;
        }

        /**
         * Properties of an ExecSyncRequest.
         * @deprecated Use runtime.v1.ExecSyncRequest.$Properties instead.
         */
        interface IExecSyncRequest extends runtime.v1.ExecSyncRequest.$Properties {
        }

        /** Represents an ExecSyncRequest. */
        class ExecSyncRequest {

            /**
             * Constructs a new ExecSyncRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ExecSyncRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExecSyncRequest containerId. */
            containerId: string;

            /** ExecSyncRequest cmd. */
            cmd: string[];

            /** Seconds; 0 means no timeout. */
            timeout: number;

            /**
             * Creates a new ExecSyncRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExecSyncRequest instance
             */
            static create(properties: runtime.v1.ExecSyncRequest.$Shape): runtime.v1.ExecSyncRequest & runtime.v1.ExecSyncRequest.$Shape;
            static create(properties?: runtime.v1.ExecSyncRequest.$Properties): runtime.v1.ExecSyncRequest;

            /**
             * Encodes the specified ExecSyncRequest message. Does not implicitly {@link runtime.v1.ExecSyncRequest.verify|verify} messages.
             * @param message ExecSyncRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ExecSyncRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExecSyncRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ExecSyncRequest & runtime.v1.ExecSyncRequest.$Shape} ExecSyncRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ExecSyncRequest & runtime.v1.ExecSyncRequest.$Shape;
        }

        namespace ExecSyncRequest {

            /** Properties of an ExecSyncRequest. */
            interface $Properties {

                /** ExecSyncRequest containerId */
                containerId?: (string|null);

                /** ExecSyncRequest cmd */
                cmd?: (string[]|null);

                /** Seconds; 0 means no timeout. */
                timeout?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExecSyncRequest. */
            type $Shape = runtime.v1.ExecSyncRequest.$Properties;
        }

        /**
         * Properties of an ExecSyncResponse.
         * @deprecated Use runtime.v1.ExecSyncResponse.$Properties instead.
         */
        interface IExecSyncResponse extends runtime.v1.ExecSyncResponse.$Properties {
        }

        /** Represents an ExecSyncResponse. */
        class ExecSyncResponse {

            /**
             * Constructs a new ExecSyncResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ExecSyncResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExecSyncResponse stdout. */
            stdout: Uint8Array;

            /** ExecSyncResponse stderr. */
            stderr: Uint8Array;

            /** ExecSyncResponse exitCode. */
            exitCode: number;

            /**
             * Creates a new ExecSyncResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ExecSyncResponse instance
             */
            static create(properties: runtime.v1.ExecSyncResponse.$Shape): runtime.v1.ExecSyncResponse & runtime.v1.ExecSyncResponse.$Shape;
            static create(properties?: runtime.v1.ExecSyncResponse.$Properties): runtime.v1.ExecSyncResponse;

            /**
             * Encodes the specified ExecSyncResponse message. Does not implicitly {@link runtime.v1.ExecSyncResponse.verify|verify} messages.
             * @param message ExecSyncResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ExecSyncResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExecSyncResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ExecSyncResponse & runtime.v1.ExecSyncResponse.$Shape} ExecSyncResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ExecSyncResponse & runtime.v1.ExecSyncResponse.$Shape;
        }

        namespace ExecSyncResponse {

            /** Properties of an ExecSyncResponse. */
            interface $Properties {

                /** ExecSyncResponse stdout */
                stdout?: (Uint8Array|null);

                /** ExecSyncResponse stderr */
                stderr?: (Uint8Array|null);

                /** ExecSyncResponse exitCode */
                exitCode?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExecSyncResponse. */
            type $Shape = runtime.v1.ExecSyncResponse.$Properties;
        }

        /**
         * Properties of an ImageStatusRequest.
         * @deprecated Use runtime.v1.ImageStatusRequest.$Properties instead.
         */
        interface IImageStatusRequest extends runtime.v1.ImageStatusRequest.$Properties {
        }

        /** Represents an ImageStatusRequest. */
        class ImageStatusRequest {

            /**
             * Constructs a new ImageStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ImageStatusRequest image. */
            image?: (runtime.v1.ImageSpec.$Properties|null);

            /**
             * Creates a new ImageStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ImageStatusRequest instance
             */
            static create(properties: runtime.v1.ImageStatusRequest.$Shape): runtime.v1.ImageStatusRequest & runtime.v1.ImageStatusRequest.$Shape;
            static create(properties?: runtime.v1.ImageStatusRequest.$Properties): runtime.v1.ImageStatusRequest;

            /**
             * Encodes the specified ImageStatusRequest message. Does not implicitly {@link runtime.v1.ImageStatusRequest.verify|verify} messages.
             * @param message ImageStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ImageStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ImageStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ImageStatusRequest & runtime.v1.ImageStatusRequest.$Shape} ImageStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ImageStatusRequest & runtime.v1.ImageStatusRequest.$Shape;
        }

        namespace ImageStatusRequest {

            /** Properties of an ImageStatusRequest. */
            interface $Properties {

                /** ImageStatusRequest image */
                image?: (runtime.v1.ImageSpec.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ImageStatusRequest. */
            type $Shape = runtime.v1.ImageStatusRequest.$Properties;
        }

        /**
         * Properties of an Image.
         * @deprecated Use runtime.v1.Image.$Properties instead.
         */
        interface IImage extends runtime.v1.Image.$Properties {
        }

        /** Represents an Image. */
        class Image {

            /**
             * Constructs a new Image.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.Image.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Image id. */
            id: string;

            /**
             * Creates a new Image instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Image instance
             */
            static create(properties: runtime.v1.Image.$Shape): runtime.v1.Image & runtime.v1.Image.$Shape;
            static create(properties?: runtime.v1.Image.$Properties): runtime.v1.Image;

            /**
             * Encodes the specified Image message. Does not implicitly {@link runtime.v1.Image.verify|verify} messages.
             * @param message Image message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.Image.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Image message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.Image & runtime.v1.Image.$Shape} Image
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.Image & runtime.v1.Image.$Shape;
        }

        namespace Image {

            /** Properties of an Image. */
            interface $Properties {

                /** Image id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Image. */
            type $Shape = runtime.v1.Image.$Properties;
        }

        /**
         * Properties of an ImageStatusResponse.
         * @deprecated Use runtime.v1.ImageStatusResponse.$Properties instead.
         */
        interface IImageStatusResponse extends runtime.v1.ImageStatusResponse.$Properties {
        }

        /** Represents an ImageStatusResponse. */
        class ImageStatusResponse {

            /**
             * Constructs a new ImageStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Missing when the runtime does not have the image. */
            image?: (runtime.v1.Image.$Properties|null);

            /**
             * Creates a new ImageStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ImageStatusResponse instance
             */
            static create(properties: runtime.v1.ImageStatusResponse.$Shape): runtime.v1.ImageStatusResponse & runtime.v1.ImageStatusResponse.$Shape;
            static create(properties?: runtime.v1.ImageStatusResponse.$Properties): runtime.v1.ImageStatusResponse;

            /**
             * Encodes the specified ImageStatusResponse message. Does not implicitly {@link runtime.v1.ImageStatusResponse.verify|verify} messages.
             * @param message ImageStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ImageStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ImageStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ImageStatusResponse & runtime.v1.ImageStatusResponse.$Shape} ImageStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ImageStatusResponse & runtime.v1.ImageStatusResponse.$Shape;
        }

        namespace ImageStatusResponse {

            /** Properties of an ImageStatusResponse. */
            interface $Properties {

                /** Missing when the runtime does not have the image. */
                image?: (runtime.v1.Image.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ImageStatusResponse. */
            type $Shape = runtime.v1.ImageStatusResponse.$Properties;
        }
    }
}
