import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace containerd. */
export namespace containerd {

    /** Namespace services. */
    namespace services {

        /** Namespace events. */
        namespace events {

            /** Namespace v1. */
            namespace v1 {

                /**
                 * Properties of a SubscribeRequest.
                 * @deprecated Use containerd.services.events.v1.SubscribeRequest.$Properties instead.
                 */
                interface ISubscribeRequest extends containerd.services.events.v1.SubscribeRequest.$Properties {
                }

                /** Subscribes to events. */
                class SubscribeRequest {

                    /**
                     * Constructs a new SubscribeRequest.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: containerd.services.events.v1.SubscribeRequest.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Only events that match one of these filters are sent; empty: all events. */
                    filters: string[];

                    /**
                     * Creates a new SubscribeRequest instance using the specified properties.
                     * @param [properties] Properties to set
                     * @returns SubscribeRequest instance
                     */
                    static create(properties: containerd.services.events.v1.SubscribeRequest.$Shape): containerd.services.events.v1.SubscribeRequest & containerd.services.events.v1.SubscribeRequest.$Shape;
                    static create(properties?: containerd.services.events.v1.SubscribeRequest.$Properties): containerd.services.events.v1.SubscribeRequest;

                    /**
                     * Encodes the specified SubscribeRequest message. Does not implicitly {@link containerd.services.events.v1.SubscribeRequest.verify|verify} messages.
                     * @param message SubscribeRequest message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: containerd.services.events.v1.SubscribeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes a SubscribeRequest message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.SubscribeRequest & containerd.services.events.v1.SubscribeRequest.$Shape} SubscribeRequest
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): containerd.services.events.v1.SubscribeRequest & containerd.services.events.v1.SubscribeRequest.$Shape;
                }

                namespace SubscribeRequest {

                    /** Properties of a SubscribeRequest. */
                    interface $Properties {

                        /** Only events that match one of these filters are sent; empty: all events. */
                        filters?: (string[]|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of a SubscribeRequest. */
                    type $Shape = containerd.services.events.v1.SubscribeRequest.$Properties;
                }

                /**
                 * Properties of an Envelope.
                 * @deprecated Use containerd.services.events.v1.Envelope.$Properties instead.
                 */
                interface IEnvelope extends containerd.services.events.v1.Envelope.$Properties {
                }

                /** An event. */
                class Envelope {

                    /**
                     * Constructs a new Envelope.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: containerd.services.events.v1.Envelope.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Namespace of containerd, "k8s.io" for containers of the CRI. */
                    namespace: string;

                    /** Kind of event, such as "/tasks/start". */
                    topic: string;

                    /** The event itself. */
                    event?: (containerd.services.events.v1.EventBody.$Properties|null);

                    /**
                     * Creates a new Envelope instance using the specified properties.
                     * @param [properties] Properties to set
                     * @returns Envelope instance
                     */
                    static create(properties: containerd.services.events.v1.Envelope.$Shape): containerd.services.events.v1.Envelope & containerd.services.events.v1.Envelope.$Shape;
                    static create(properties?: containerd.services.events.v1.Envelope.$Properties): containerd.services.events.v1.Envelope;

                    /**
                     * Encodes the specified Envelope message. Does not implicitly {@link containerd.services.events.v1.Envelope.verify|verify} messages.
                     * @param message Envelope message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: containerd.services.events.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes an Envelope message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.Envelope & containerd.services.events.v1.Envelope.$Shape} Envelope
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): containerd.services.events.v1.Envelope & containerd.services.events.v1.Envelope.$Shape;
                }

                namespace Envelope {

                    /** Properties of an Envelope. */
                    interface $Properties {

                        /** Namespace of containerd, "k8s.io" for containers of the CRI. */
                        namespace?: (string|null);

                        /** Kind of event, such as "/tasks/start". */
                        topic?: (string|null);

                        /** The event itself. */
                        event?: (containerd.services.events.v1.EventBody.$Properties|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of an Envelope. */
                    type $Shape = containerd.services.events.v1.Envelope.$Properties;
                }

                /**
                 * Properties of an EventBody.
                 * @deprecated Use containerd.services.events.v1.EventBody.$Properties instead.
                 */
                interface IEventBody extends containerd.services.events.v1.EventBody.$Properties {
                }

                /** Encoded event, `google.protobuf.Any` on the wire. */
                class EventBody {

                    /**
                     * Constructs a new EventBody.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: containerd.services.events.v1.EventBody.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** A TaskEvent for the topics that we subscribe to. */
                    value: Uint8Array;

                    /**
                     * Creates a new EventBody instance using the specified properties.
                     * @param [properties] Properties to set
                     * @returns EventBody instance
                     */
                    static create(properties: containerd.services.events.v1.EventBody.$Shape): containerd.services.events.v1.EventBody & containerd.services.events.v1.EventBody.$Shape;
                    static create(properties?: containerd.services.events.v1.EventBody.$Properties): containerd.services.events.v1.EventBody;

                    /**
                     * Encodes the specified EventBody message. Does not implicitly {@link containerd.services.events.v1.EventBody.verify|verify} messages.
                     * @param message EventBody message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: containerd.services.events.v1.EventBody.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes an EventBody message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.EventBody & containerd.services.events.v1.EventBody.$Shape} EventBody
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): containerd.services.events.v1.EventBody & containerd.services.events.v1.EventBody.$Shape;
                }

                namespace EventBody {

                    /** Properties of an EventBody. */
                    interface $Properties {

                        /** A TaskEvent for the topics that we subscribe to. */
                        value?: (Uint8Array|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of an EventBody. */
                    type $Shape = containerd.services.events.v1.EventBody.$Properties;
                }

                /**
                 * Properties of a TaskEvent.
                 * @deprecated Use containerd.services.events.v1.TaskEvent.$Properties instead.
                 */
                interface ITaskEvent extends containerd.services.events.v1.TaskEvent.$Properties {
                }

                /** Common fields of TaskStart and TaskDelete. */
                class TaskEvent {

                    /**
                     * Constructs a new TaskEvent.
                     * @param [properties] Properties to set
                     */
                    constructor(properties?: containerd.services.events.v1.TaskEvent.$Properties);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];

                    /** Id of the container. */
                    containerId: string;

                    /**
                     * Creates a new TaskEvent instance using the specified properties.
                     * @param [properties] Properties to set
                     * @returns TaskEvent instance
                     */
                    static create(properties: containerd.services.events.v1.TaskEvent.$Shape): containerd.services.events.v1.TaskEvent & containerd.services.events.v1.TaskEvent.$Shape;
                    static create(properties?: containerd.services.events.v1.TaskEvent.$Properties): containerd.services.events.v1.TaskEvent;

                    /**
                     * Encodes the specified TaskEvent message. Does not implicitly {@link containerd.services.events.v1.TaskEvent.verify|verify} messages.
                     * @param message TaskEvent message or plain object to encode
                     * @param [writer] Writer to encode to
                     * @returns Writer
                     */
                    static encode(message: containerd.services.events.v1.TaskEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                    /**
                     * Decodes a TaskEvent message from the specified reader or buffer.
                     * @param reader Reader or buffer to decode from
                     * @param [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.TaskEvent & containerd.services.events.v1.TaskEvent.$Shape} TaskEvent
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): containerd.services.events.v1.TaskEvent & containerd.services.events.v1.TaskEvent.$Shape;
                }

                namespace TaskEvent {

                    /** Properties of a TaskEvent. */
                    interface $Properties {

                        /** Id of the container. */
                        containerId?: (string|null);

                        /** Unknown fields preserved while decoding when enabled */
                        $unknowns?: Uint8Array[];
                    }

                    /** Shape of a TaskEvent. */
                    type $Shape = containerd.services.events.v1.TaskEvent.$Properties;
                }
            }
        }
    }
}

/** Namespace runtime. */
export namespace runtime {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a VersionRequest.
         * @deprecated Use runtime.v1.VersionRequest.$Properties instead.
         */
        interface IVersionRequest extends runtime.v1.VersionRequest.$Properties {
        }

        /** Requests the version of the runtime. */
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

        /** Name and version of the runtime. */
        class VersionResponse {

            /**
             * Constructs a new VersionResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.VersionResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** "containerd", "cri-o", "docker" (cri-dockerd). */
            runtimeName: string;

            /** Version of the runtime. */
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

                /** "containerd", "cri-o", "docker" (cri-dockerd). */
                runtimeName?: (string|null);

                /** Version of the runtime. */
                runtimeVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VersionResponse. */
            type $Shape = runtime.v1.VersionResponse.$Properties;
        }

        /** State of a container. */
        enum ContainerState {

            /** CONTAINER_CREATED value */
            CONTAINER_CREATED = 0,

            /** CONTAINER_RUNNING value */
            CONTAINER_RUNNING = 1,

            /** CONTAINER_EXITED value */
            CONTAINER_EXITED = 2,

            /** CONTAINER_UNKNOWN value */
            CONTAINER_UNKNOWN = 3
        }

        /**
         * Properties of a ContainerStateValue.
         * @deprecated Use runtime.v1.ContainerStateValue.$Properties instead.
         */
        interface IContainerStateValue extends runtime.v1.ContainerStateValue.$Properties {
        }

        /** Optional state of a filter. */
        class ContainerStateValue {

            /**
             * Constructs a new ContainerStateValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStateValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The state. */
            state: runtime.v1.ContainerState;

            /**
             * Creates a new ContainerStateValue instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerStateValue instance
             */
            static create(properties: runtime.v1.ContainerStateValue.$Shape): runtime.v1.ContainerStateValue & runtime.v1.ContainerStateValue.$Shape;
            static create(properties?: runtime.v1.ContainerStateValue.$Properties): runtime.v1.ContainerStateValue;

            /**
             * Encodes the specified ContainerStateValue message. Does not implicitly {@link runtime.v1.ContainerStateValue.verify|verify} messages.
             * @param message ContainerStateValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerStateValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerStateValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStateValue & runtime.v1.ContainerStateValue.$Shape} ContainerStateValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerStateValue & runtime.v1.ContainerStateValue.$Shape;
        }

        namespace ContainerStateValue {

            /** Properties of a ContainerStateValue. */
            interface $Properties {

                /** The state. */
                state?: (runtime.v1.ContainerState|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStateValue. */
            type $Shape = runtime.v1.ContainerStateValue.$Properties;
        }

        /**
         * Properties of a ContainerFilter.
         * @deprecated Use runtime.v1.ContainerFilter.$Properties instead.
         */
        interface IContainerFilter extends runtime.v1.ContainerFilter.$Properties {
        }

        /** Filter for a list of containers. */
        class ContainerFilter {

            /**
             * Constructs a new ContainerFilter.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerFilter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Only containers in this state. */
            state?: (runtime.v1.ContainerStateValue.$Properties|null);

            /**
             * Creates a new ContainerFilter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerFilter instance
             */
            static create(properties: runtime.v1.ContainerFilter.$Shape): runtime.v1.ContainerFilter & runtime.v1.ContainerFilter.$Shape;
            static create(properties?: runtime.v1.ContainerFilter.$Properties): runtime.v1.ContainerFilter;

            /**
             * Encodes the specified ContainerFilter message. Does not implicitly {@link runtime.v1.ContainerFilter.verify|verify} messages.
             * @param message ContainerFilter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerFilter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerFilter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerFilter & runtime.v1.ContainerFilter.$Shape} ContainerFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerFilter & runtime.v1.ContainerFilter.$Shape;
        }

        namespace ContainerFilter {

            /** Properties of a ContainerFilter. */
            interface $Properties {

                /** Only containers in this state. */
                state?: (runtime.v1.ContainerStateValue.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerFilter. */
            type $Shape = runtime.v1.ContainerFilter.$Properties;
        }

        /**
         * Properties of a ListContainersRequest.
         * @deprecated Use runtime.v1.ListContainersRequest.$Properties instead.
         */
        interface IListContainersRequest extends runtime.v1.ListContainersRequest.$Properties {
        }

        /** Requests a list of containers, without infrastructure containers of pods. */
        class ListContainersRequest {

            /**
             * Constructs a new ListContainersRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ListContainersRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Undefined: all containers. */
            filter?: (runtime.v1.ContainerFilter.$Properties|null);

            /**
             * Creates a new ListContainersRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListContainersRequest instance
             */
            static create(properties: runtime.v1.ListContainersRequest.$Shape): runtime.v1.ListContainersRequest & runtime.v1.ListContainersRequest.$Shape;
            static create(properties?: runtime.v1.ListContainersRequest.$Properties): runtime.v1.ListContainersRequest;

            /**
             * Encodes the specified ListContainersRequest message. Does not implicitly {@link runtime.v1.ListContainersRequest.verify|verify} messages.
             * @param message ListContainersRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ListContainersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListContainersRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ListContainersRequest & runtime.v1.ListContainersRequest.$Shape} ListContainersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ListContainersRequest & runtime.v1.ListContainersRequest.$Shape;
        }

        namespace ListContainersRequest {

            /** Properties of a ListContainersRequest. */
            interface $Properties {

                /** Undefined: all containers. */
                filter?: (runtime.v1.ContainerFilter.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListContainersRequest. */
            type $Shape = runtime.v1.ListContainersRequest.$Properties;
        }

        /**
         * Properties of a Container.
         * @deprecated Use runtime.v1.Container.$Properties instead.
         */
        interface IContainer extends runtime.v1.Container.$Properties {
        }

        /** A container in a list. */
        class Container {

            /**
             * Constructs a new Container.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.Container.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its id. */
            id: string;

            /** Id of its pod's infrastructure container. */
            podSandboxId: string;

            /**
             * Creates a new Container instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Container instance
             */
            static create(properties: runtime.v1.Container.$Shape): runtime.v1.Container & runtime.v1.Container.$Shape;
            static create(properties?: runtime.v1.Container.$Properties): runtime.v1.Container;

            /**
             * Encodes the specified Container message. Does not implicitly {@link runtime.v1.Container.verify|verify} messages.
             * @param message Container message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.Container.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Container message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.Container & runtime.v1.Container.$Shape} Container
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.Container & runtime.v1.Container.$Shape;
        }

        namespace Container {

            /** Properties of a Container. */
            interface $Properties {

                /** Its id. */
                id?: (string|null);

                /** Id of its pod's infrastructure container. */
                podSandboxId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Container. */
            type $Shape = runtime.v1.Container.$Properties;
        }

        /**
         * Properties of a ListContainersResponse.
         * @deprecated Use runtime.v1.ListContainersResponse.$Properties instead.
         */
        interface IListContainersResponse extends runtime.v1.ListContainersResponse.$Properties {
        }

        /** List of containers. */
        class ListContainersResponse {

            /**
             * Constructs a new ListContainersResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ListContainersResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The containers. */
            containers: runtime.v1.Container.$Properties[];

            /**
             * Creates a new ListContainersResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListContainersResponse instance
             */
            static create(properties: runtime.v1.ListContainersResponse.$Shape): runtime.v1.ListContainersResponse & runtime.v1.ListContainersResponse.$Shape;
            static create(properties?: runtime.v1.ListContainersResponse.$Properties): runtime.v1.ListContainersResponse;

            /**
             * Encodes the specified ListContainersResponse message. Does not implicitly {@link runtime.v1.ListContainersResponse.verify|verify} messages.
             * @param message ListContainersResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ListContainersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListContainersResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ListContainersResponse & runtime.v1.ListContainersResponse.$Shape} ListContainersResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ListContainersResponse & runtime.v1.ListContainersResponse.$Shape;
        }

        namespace ListContainersResponse {

            /** Properties of a ListContainersResponse. */
            interface $Properties {

                /** The containers. */
                containers?: (runtime.v1.Container.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListContainersResponse. */
            type $Shape = runtime.v1.ListContainersResponse.$Properties;
        }

        /**
         * Properties of a ContainerMetadata.
         * @deprecated Use runtime.v1.ContainerMetadata.$Properties instead.
         */
        interface IContainerMetadata extends runtime.v1.ContainerMetadata.$Properties {
        }

        /** Name of a container in its pod. */
        class ContainerMetadata {

            /**
             * Constructs a new ContainerMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The name. */
            name: string;

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

                /** The name. */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerMetadata. */
            type $Shape = runtime.v1.ContainerMetadata.$Properties;
        }

        /**
         * Properties of an ImageSpec.
         * @deprecated Use runtime.v1.ImageSpec.$Properties instead.
         */
        interface IImageSpec extends runtime.v1.ImageSpec.$Properties {
        }

        /** An image. */
        class ImageSpec {

            /**
             * Constructs a new ImageSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Name or id. */
            image: string;

            /** Name in the pod's specification; newer runtimes only. */
            userSpecifiedImage: string;

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

                /** Name or id. */
                image?: (string|null);

                /** Name in the pod's specification; newer runtimes only. */
                userSpecifiedImage?: (string|null);

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

        /** A mount of a container. */
        class Mount {

            /**
             * Constructs a new Mount.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.Mount.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Path in the container. */
            containerPath: string;

            /** Path on the node. */
            hostPath: string;

            /** True when the container cannot write to it. */
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

                /** Path in the container. */
                containerPath?: (string|null);

                /** Path on the node. */
                hostPath?: (string|null);

                /** True when the container cannot write to it. */
                readonly?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Mount. */
            type $Shape = runtime.v1.Mount.$Properties;
        }

        /**
         * Properties of a ContainerStatusRequest.
         * @deprecated Use runtime.v1.ContainerStatusRequest.$Properties instead.
         */
        interface IContainerStatusRequest extends runtime.v1.ContainerStatusRequest.$Properties {
        }

        /** Requests one container. */
        class ContainerStatusRequest {

            /**
             * Constructs a new ContainerStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its id. */
            containerId: string;

            /** True to include `info`. */
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

                /** Its id. */
                containerId?: (string|null);

                /** True to include `info`. */
                verbose?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStatusRequest. */
            type $Shape = runtime.v1.ContainerStatusRequest.$Properties;
        }

        /**
         * Properties of a ContainerStatus.
         * @deprecated Use runtime.v1.ContainerStatus.$Properties instead.
         */
        interface IContainerStatus extends runtime.v1.ContainerStatus.$Properties {
        }

        /** A container. */
        class ContainerStatus {

            /**
             * Constructs a new ContainerStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its id. */
            id: string;

            /** Its name. */
            metadata?: (runtime.v1.ContainerMetadata.$Properties|null);

            /** Its state. */
            state: runtime.v1.ContainerState;

            /** Start, Unix time in nanoseconds. */
            startedAt: number;

            /** Image as named by the pod or the runtime. */
            image?: (runtime.v1.ImageSpec.$Properties|null);

            /** "<name>@<digest>", or the id of an image without a digest. */
            imageRef: string;

            /** Labels; Kubernetes stores pod, namespace and UID here. */
            labels: { [k: string]: string };

            /** Volumes and files that the pod mounts. */
            mounts: runtime.v1.Mount.$Properties[];

            /**
             * Creates a new ContainerStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerStatus instance
             */
            static create(properties: runtime.v1.ContainerStatus.$Shape): runtime.v1.ContainerStatus & runtime.v1.ContainerStatus.$Shape;
            static create(properties?: runtime.v1.ContainerStatus.$Properties): runtime.v1.ContainerStatus;

            /**
             * Encodes the specified ContainerStatus message. Does not implicitly {@link runtime.v1.ContainerStatus.verify|verify} messages.
             * @param message ContainerStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatus & runtime.v1.ContainerStatus.$Shape} ContainerStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerStatus & runtime.v1.ContainerStatus.$Shape;
        }

        namespace ContainerStatus {

            /** Properties of a ContainerStatus. */
            interface $Properties {

                /** Its id. */
                id?: (string|null);

                /** Its name. */
                metadata?: (runtime.v1.ContainerMetadata.$Properties|null);

                /** Its state. */
                state?: (runtime.v1.ContainerState|null);

                /** Start, Unix time in nanoseconds. */
                startedAt?: (number|null);

                /** Image as named by the pod or the runtime. */
                image?: (runtime.v1.ImageSpec.$Properties|null);

                /** "<name>@<digest>", or the id of an image without a digest. */
                imageRef?: (string|null);

                /** Labels; Kubernetes stores pod, namespace and UID here. */
                labels?: ({ [k: string]: string }|null);

                /** Volumes and files that the pod mounts. */
                mounts?: (runtime.v1.Mount.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStatus. */
            type $Shape = runtime.v1.ContainerStatus.$Properties;
        }

        /**
         * Properties of a ContainerStatusResponse.
         * @deprecated Use runtime.v1.ContainerStatusResponse.$Properties instead.
         */
        interface IContainerStatusResponse extends runtime.v1.ContainerStatusResponse.$Properties {
        }

        /** Response with one container. */
        class ContainerStatusResponse {

            /**
             * Constructs a new ContainerStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The container. */
            status?: (runtime.v1.ContainerStatus.$Properties|null);

            /** Runtime-specific JSON by name; "info" contains pid, snapshotter and runtimeSpec. */
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

                /** The container. */
                status?: (runtime.v1.ContainerStatus.$Properties|null);

                /** Runtime-specific JSON by name; "info" contains pid, snapshotter and runtimeSpec. */
                info?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerStatusResponse. */
            type $Shape = runtime.v1.ContainerStatusResponse.$Properties;
        }

        /**
         * Properties of an ImageStatusRequest.
         * @deprecated Use runtime.v1.ImageStatusRequest.$Properties instead.
         */
        interface IImageStatusRequest extends runtime.v1.ImageStatusRequest.$Properties {
        }

        /** Requests one image. */
        class ImageStatusRequest {

            /**
             * Constructs a new ImageStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its name, digest or id. */
            image?: (runtime.v1.ImageSpec.$Properties|null);

            /** True to include `info`. */
            verbose: boolean;

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

                /** Its name, digest or id. */
                image?: (runtime.v1.ImageSpec.$Properties|null);

                /** True to include `info`. */
                verbose?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ImageStatusRequest. */
            type $Shape = runtime.v1.ImageStatusRequest.$Properties;
        }

        /**
         * Properties of an ImageStatusResponse.
         * @deprecated Use runtime.v1.ImageStatusResponse.$Properties instead.
         */
        interface IImageStatusResponse extends runtime.v1.ImageStatusResponse.$Properties {
        }

        /** Response with one image. */
        class ImageStatusResponse {

            /**
             * Constructs a new ImageStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ImageStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Runtime-specific JSON by name; "info" contains imageSpec. */
            info: { [k: string]: string };

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

                /** Runtime-specific JSON by name; "info" contains imageSpec. */
                info?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ImageStatusResponse. */
            type $Shape = runtime.v1.ImageStatusResponse.$Properties;
        }

        /**
         * Properties of a PodSandboxStatusRequest.
         * @deprecated Use runtime.v1.PodSandboxStatusRequest.$Properties instead.
         */
        interface IPodSandboxStatusRequest extends runtime.v1.PodSandboxStatusRequest.$Properties {
        }

        /** Requests one pod. */
        class PodSandboxStatusRequest {

            /**
             * Constructs a new PodSandboxStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of its infrastructure container. */
            podSandboxId: string;

            /**
             * Creates a new PodSandboxStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxStatusRequest instance
             */
            static create(properties: runtime.v1.PodSandboxStatusRequest.$Shape): runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape;
            static create(properties?: runtime.v1.PodSandboxStatusRequest.$Properties): runtime.v1.PodSandboxStatusRequest;

            /**
             * Encodes the specified PodSandboxStatusRequest message. Does not implicitly {@link runtime.v1.PodSandboxStatusRequest.verify|verify} messages.
             * @param message PodSandboxStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape} PodSandboxStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape;
        }

        namespace PodSandboxStatusRequest {

            /** Properties of a PodSandboxStatusRequest. */
            interface $Properties {

                /** Id of its infrastructure container. */
                podSandboxId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxStatusRequest. */
            type $Shape = runtime.v1.PodSandboxStatusRequest.$Properties;
        }

        /**
         * Properties of a PodSandboxNetworkStatus.
         * @deprecated Use runtime.v1.PodSandboxNetworkStatus.$Properties instead.
         */
        interface IPodSandboxNetworkStatus extends runtime.v1.PodSandboxNetworkStatus.$Properties {
        }

        /** Network of a pod. */
        class PodSandboxNetworkStatus {

            /**
             * Constructs a new PodSandboxNetworkStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxNetworkStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its first address; empty when it uses the node's network. */
            ip: string;

            /**
             * Creates a new PodSandboxNetworkStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxNetworkStatus instance
             */
            static create(properties: runtime.v1.PodSandboxNetworkStatus.$Shape): runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape;
            static create(properties?: runtime.v1.PodSandboxNetworkStatus.$Properties): runtime.v1.PodSandboxNetworkStatus;

            /**
             * Encodes the specified PodSandboxNetworkStatus message. Does not implicitly {@link runtime.v1.PodSandboxNetworkStatus.verify|verify} messages.
             * @param message PodSandboxNetworkStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxNetworkStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxNetworkStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape} PodSandboxNetworkStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape;
        }

        namespace PodSandboxNetworkStatus {

            /** Properties of a PodSandboxNetworkStatus. */
            interface $Properties {

                /** Its first address; empty when it uses the node's network. */
                ip?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxNetworkStatus. */
            type $Shape = runtime.v1.PodSandboxNetworkStatus.$Properties;
        }

        /**
         * Properties of a PodSandboxMetadata.
         * @deprecated Use runtime.v1.PodSandboxMetadata.$Properties instead.
         */
        interface IPodSandboxMetadata extends runtime.v1.PodSandboxMetadata.$Properties {
        }

        /** Name of a pod. */
        class PodSandboxMetadata {

            /**
             * Constructs a new PodSandboxMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Name of the pod. */
            name: string;

            /** UID of the pod. */
            uid: string;

            /** Namespace of the pod. */
            namespace: string;

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

                /** Name of the pod. */
                name?: (string|null);

                /** UID of the pod. */
                uid?: (string|null);

                /** Namespace of the pod. */
                namespace?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxMetadata. */
            type $Shape = runtime.v1.PodSandboxMetadata.$Properties;
        }

        /**
         * Properties of a PodSandboxStatus.
         * @deprecated Use runtime.v1.PodSandboxStatus.$Properties instead.
         */
        interface IPodSandboxStatus extends runtime.v1.PodSandboxStatus.$Properties {
        }

        /** A pod. */
        class PodSandboxStatus {

            /**
             * Constructs a new PodSandboxStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its name. */
            metadata?: (runtime.v1.PodSandboxMetadata.$Properties|null);

            /** Its network. */
            network?: (runtime.v1.PodSandboxNetworkStatus.$Properties|null);

            /**
             * Creates a new PodSandboxStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxStatus instance
             */
            static create(properties: runtime.v1.PodSandboxStatus.$Shape): runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape;
            static create(properties?: runtime.v1.PodSandboxStatus.$Properties): runtime.v1.PodSandboxStatus;

            /**
             * Encodes the specified PodSandboxStatus message. Does not implicitly {@link runtime.v1.PodSandboxStatus.verify|verify} messages.
             * @param message PodSandboxStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape} PodSandboxStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape;
        }

        namespace PodSandboxStatus {

            /** Properties of a PodSandboxStatus. */
            interface $Properties {

                /** Its name. */
                metadata?: (runtime.v1.PodSandboxMetadata.$Properties|null);

                /** Its network. */
                network?: (runtime.v1.PodSandboxNetworkStatus.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxStatus. */
            type $Shape = runtime.v1.PodSandboxStatus.$Properties;
        }

        /**
         * Properties of a PodSandboxStatusResponse.
         * @deprecated Use runtime.v1.PodSandboxStatusResponse.$Properties instead.
         */
        interface IPodSandboxStatusResponse extends runtime.v1.PodSandboxStatusResponse.$Properties {
        }

        /** Response with one pod. */
        class PodSandboxStatusResponse {

            /**
             * Constructs a new PodSandboxStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandboxStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The pod. */
            status?: (runtime.v1.PodSandboxStatus.$Properties|null);

            /**
             * Creates a new PodSandboxStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodSandboxStatusResponse instance
             */
            static create(properties: runtime.v1.PodSandboxStatusResponse.$Shape): runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape;
            static create(properties?: runtime.v1.PodSandboxStatusResponse.$Properties): runtime.v1.PodSandboxStatusResponse;

            /**
             * Encodes the specified PodSandboxStatusResponse message. Does not implicitly {@link runtime.v1.PodSandboxStatusResponse.verify|verify} messages.
             * @param message PodSandboxStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.PodSandboxStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodSandboxStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape} PodSandboxStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape;
        }

        namespace PodSandboxStatusResponse {

            /** Properties of a PodSandboxStatusResponse. */
            interface $Properties {

                /** The pod. */
                status?: (runtime.v1.PodSandboxStatus.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodSandboxStatusResponse. */
            type $Shape = runtime.v1.PodSandboxStatusResponse.$Properties;
        }

        /**
         * Properties of a GetEventsRequest.
         * @deprecated Use runtime.v1.GetEventsRequest.$Properties instead.
         */
        interface IGetEventsRequest extends runtime.v1.GetEventsRequest.$Properties {
        }

        /** Subscribes to events of containers. */
        class GetEventsRequest {

            /**
             * Constructs a new GetEventsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.GetEventsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new GetEventsRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GetEventsRequest instance
             */
            static create(properties: runtime.v1.GetEventsRequest.$Shape): runtime.v1.GetEventsRequest & runtime.v1.GetEventsRequest.$Shape;
            static create(properties?: runtime.v1.GetEventsRequest.$Properties): runtime.v1.GetEventsRequest;

            /**
             * Encodes the specified GetEventsRequest message. Does not implicitly {@link runtime.v1.GetEventsRequest.verify|verify} messages.
             * @param message GetEventsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.GetEventsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetEventsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.GetEventsRequest & runtime.v1.GetEventsRequest.$Shape} GetEventsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.GetEventsRequest & runtime.v1.GetEventsRequest.$Shape;
        }

        namespace GetEventsRequest {

            /** Properties of a GetEventsRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetEventsRequest. */
            type $Shape = runtime.v1.GetEventsRequest.$Properties;
        }

        /**
         * Properties of a ListPodSandboxRequest.
         * @deprecated Use runtime.v1.ListPodSandboxRequest.$Properties instead.
         */
        interface IListPodSandboxRequest extends runtime.v1.ListPodSandboxRequest.$Properties {
        }

        /** Lists infrastructure containers. */
        class ListPodSandboxRequest {

            /**
             * Constructs a new ListPodSandboxRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ListPodSandboxRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ListPodSandboxRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListPodSandboxRequest instance
             */
            static create(properties: runtime.v1.ListPodSandboxRequest.$Shape): runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape;
            static create(properties?: runtime.v1.ListPodSandboxRequest.$Properties): runtime.v1.ListPodSandboxRequest;

            /**
             * Encodes the specified ListPodSandboxRequest message. Does not implicitly {@link runtime.v1.ListPodSandboxRequest.verify|verify} messages.
             * @param message ListPodSandboxRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ListPodSandboxRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPodSandboxRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape} ListPodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape;
        }

        namespace ListPodSandboxRequest {

            /** Properties of a ListPodSandboxRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListPodSandboxRequest. */
            type $Shape = runtime.v1.ListPodSandboxRequest.$Properties;
        }

        /**
         * Properties of a PodSandbox.
         * @deprecated Use runtime.v1.PodSandbox.$Properties instead.
         */
        interface IPodSandbox extends runtime.v1.PodSandbox.$Properties {
        }

        /** An infrastructure container. */
        class PodSandbox {

            /**
             * Constructs a new PodSandbox.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.PodSandbox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Its id. */
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

                /** Its id. */
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

        /** The infrastructure containers of all pods. */
        class ListPodSandboxResponse {

            /**
             * Constructs a new ListPodSandboxResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ListPodSandboxResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The infrastructure containers. */
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

                /** The infrastructure containers. */
                items?: (runtime.v1.PodSandbox.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListPodSandboxResponse. */
            type $Shape = runtime.v1.ListPodSandboxResponse.$Properties;
        }

        /**
         * Properties of a ContainerEventResponse.
         * @deprecated Use runtime.v1.ContainerEventResponse.$Properties instead.
         */
        interface IContainerEventResponse extends runtime.v1.ContainerEventResponse.$Properties {
        }

        /** Event of a container. */
        class ContainerEventResponse {

            /**
             * Constructs a new ContainerEventResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: runtime.v1.ContainerEventResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The container or infrastructure container that changed. */
            containerId: string;

            /**
             * Creates a new ContainerEventResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerEventResponse instance
             */
            static create(properties: runtime.v1.ContainerEventResponse.$Shape): runtime.v1.ContainerEventResponse & runtime.v1.ContainerEventResponse.$Shape;
            static create(properties?: runtime.v1.ContainerEventResponse.$Properties): runtime.v1.ContainerEventResponse;

            /**
             * Encodes the specified ContainerEventResponse message. Does not implicitly {@link runtime.v1.ContainerEventResponse.verify|verify} messages.
             * @param message ContainerEventResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: runtime.v1.ContainerEventResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerEventResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerEventResponse & runtime.v1.ContainerEventResponse.$Shape} ContainerEventResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): runtime.v1.ContainerEventResponse & runtime.v1.ContainerEventResponse.$Shape;
        }

        namespace ContainerEventResponse {

            /** Properties of a ContainerEventResponse. */
            interface $Properties {

                /** The container or infrastructure container that changed. */
                containerId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerEventResponse. */
            type $Shape = runtime.v1.ContainerEventResponse.$Properties;
        }
    }
}
