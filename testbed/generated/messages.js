/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["testbed"] || ($protobuf.roots["testbed"] = {});

export const runtime = $root.runtime = (() => {

    /**
     * Namespace runtime.
     * @exports runtime
     * @namespace
     */
    const runtime = {};

    runtime.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof runtime
         * @namespace
         */
        const v1 = {};

        v1.RuntimeService = (function() {

            /**
             * Constructs a new RuntimeService service.
             * @memberof runtime.v1
             * @classdesc Represents a RuntimeService
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const RuntimeService = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(RuntimeService.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: RuntimeService, writable: true, enumerable: false, configurable: true });

            /**
             * Creates new RuntimeService service using the specified rpc implementation.
             * @function create
             * @memberof runtime.v1.RuntimeService
             * @static
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             * @returns {RuntimeService} RPC service. Useful where requests and/or responses are streamed.
             */
            RuntimeService.create = function(rpcImpl, requestDelimited, responseDelimited) {
                return new this(rpcImpl, requestDelimited, responseDelimited);
            };

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#version}.
             * @memberof runtime.v1.RuntimeService
             * @typedef VersionCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.VersionResponse} [response] VersionResponse
             */

            /**
             * Calls Version.
             * @memberof runtime.v1.RuntimeService
             * @typedef Version
             * @type {{
             *   (request: runtime.v1.IVersionRequest, callback: runtime.v1.RuntimeService.VersionCallback): void;
             *   (request: runtime.v1.IVersionRequest): Promise<runtime.v1.VersionResponse>;
             *   readonly name: "Version";
             *   readonly path: "/runtime.v1.RuntimeService/Version";
             *   readonly requestType: "VersionRequest";
             *   readonly responseType: "VersionResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Version.
             * @name runtime.v1.RuntimeService#version
             * @type {runtime.v1.RuntimeService.Version}
             */
            $Object.defineProperties(RuntimeService.prototype.version = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.version, $root.runtime.v1.VersionRequest, $root.runtime.v1.VersionResponse, request, callback);
            }, {
                name: { value: "Version" },
                path: { value: "/runtime.v1.RuntimeService/Version" },
                requestType: { value: "VersionRequest" },
                responseType: { value: "VersionResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#runPodSandbox}.
             * @memberof runtime.v1.RuntimeService
             * @typedef RunPodSandboxCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.RunPodSandboxResponse} [response] RunPodSandboxResponse
             */

            /**
             * Calls RunPodSandbox.
             * @memberof runtime.v1.RuntimeService
             * @typedef RunPodSandbox
             * @type {{
             *   (request: runtime.v1.IRunPodSandboxRequest, callback: runtime.v1.RuntimeService.RunPodSandboxCallback): void;
             *   (request: runtime.v1.IRunPodSandboxRequest): Promise<runtime.v1.RunPodSandboxResponse>;
             *   readonly name: "RunPodSandbox";
             *   readonly path: "/runtime.v1.RuntimeService/RunPodSandbox";
             *   readonly requestType: "RunPodSandboxRequest";
             *   readonly responseType: "RunPodSandboxResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls RunPodSandbox.
             * @name runtime.v1.RuntimeService#runPodSandbox
             * @type {runtime.v1.RuntimeService.RunPodSandbox}
             */
            $Object.defineProperties(RuntimeService.prototype.runPodSandbox = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.runPodSandbox, $root.runtime.v1.RunPodSandboxRequest, $root.runtime.v1.RunPodSandboxResponse, request, callback);
            }, {
                name: { value: "RunPodSandbox" },
                path: { value: "/runtime.v1.RuntimeService/RunPodSandbox" },
                requestType: { value: "RunPodSandboxRequest" },
                responseType: { value: "RunPodSandboxResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#stopPodSandbox}.
             * @memberof runtime.v1.RuntimeService
             * @typedef StopPodSandboxCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.Empty} [response] Empty
             */

            /**
             * Calls StopPodSandbox.
             * @memberof runtime.v1.RuntimeService
             * @typedef StopPodSandbox
             * @type {{
             *   (request: runtime.v1.IPodSandboxRequest, callback: runtime.v1.RuntimeService.StopPodSandboxCallback): void;
             *   (request: runtime.v1.IPodSandboxRequest): Promise<runtime.v1.Empty>;
             *   readonly name: "StopPodSandbox";
             *   readonly path: "/runtime.v1.RuntimeService/StopPodSandbox";
             *   readonly requestType: "PodSandboxRequest";
             *   readonly responseType: "Empty";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls StopPodSandbox.
             * @name runtime.v1.RuntimeService#stopPodSandbox
             * @type {runtime.v1.RuntimeService.StopPodSandbox}
             */
            $Object.defineProperties(RuntimeService.prototype.stopPodSandbox = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.stopPodSandbox, $root.runtime.v1.PodSandboxRequest, $root.runtime.v1.Empty, request, callback);
            }, {
                name: { value: "StopPodSandbox" },
                path: { value: "/runtime.v1.RuntimeService/StopPodSandbox" },
                requestType: { value: "PodSandboxRequest" },
                responseType: { value: "Empty" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#removePodSandbox}.
             * @memberof runtime.v1.RuntimeService
             * @typedef RemovePodSandboxCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.Empty} [response] Empty
             */

            /**
             * Calls RemovePodSandbox.
             * @memberof runtime.v1.RuntimeService
             * @typedef RemovePodSandbox
             * @type {{
             *   (request: runtime.v1.IPodSandboxRequest, callback: runtime.v1.RuntimeService.RemovePodSandboxCallback): void;
             *   (request: runtime.v1.IPodSandboxRequest): Promise<runtime.v1.Empty>;
             *   readonly name: "RemovePodSandbox";
             *   readonly path: "/runtime.v1.RuntimeService/RemovePodSandbox";
             *   readonly requestType: "PodSandboxRequest";
             *   readonly responseType: "Empty";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls RemovePodSandbox.
             * @name runtime.v1.RuntimeService#removePodSandbox
             * @type {runtime.v1.RuntimeService.RemovePodSandbox}
             */
            $Object.defineProperties(RuntimeService.prototype.removePodSandbox = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.removePodSandbox, $root.runtime.v1.PodSandboxRequest, $root.runtime.v1.Empty, request, callback);
            }, {
                name: { value: "RemovePodSandbox" },
                path: { value: "/runtime.v1.RuntimeService/RemovePodSandbox" },
                requestType: { value: "PodSandboxRequest" },
                responseType: { value: "Empty" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#listPodSandbox}.
             * @memberof runtime.v1.RuntimeService
             * @typedef ListPodSandboxCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.ListPodSandboxResponse} [response] ListPodSandboxResponse
             */

            /**
             * Calls ListPodSandbox.
             * @memberof runtime.v1.RuntimeService
             * @typedef ListPodSandbox
             * @type {{
             *   (request: runtime.v1.IEmpty, callback: runtime.v1.RuntimeService.ListPodSandboxCallback): void;
             *   (request: runtime.v1.IEmpty): Promise<runtime.v1.ListPodSandboxResponse>;
             *   readonly name: "ListPodSandbox";
             *   readonly path: "/runtime.v1.RuntimeService/ListPodSandbox";
             *   readonly requestType: "Empty";
             *   readonly responseType: "ListPodSandboxResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ListPodSandbox.
             * @name runtime.v1.RuntimeService#listPodSandbox
             * @type {runtime.v1.RuntimeService.ListPodSandbox}
             */
            $Object.defineProperties(RuntimeService.prototype.listPodSandbox = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.listPodSandbox, $root.runtime.v1.Empty, $root.runtime.v1.ListPodSandboxResponse, request, callback);
            }, {
                name: { value: "ListPodSandbox" },
                path: { value: "/runtime.v1.RuntimeService/ListPodSandbox" },
                requestType: { value: "Empty" },
                responseType: { value: "ListPodSandboxResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#createContainer}.
             * @memberof runtime.v1.RuntimeService
             * @typedef CreateContainerCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.CreateContainerResponse} [response] CreateContainerResponse
             */

            /**
             * Calls CreateContainer.
             * @memberof runtime.v1.RuntimeService
             * @typedef CreateContainer
             * @type {{
             *   (request: runtime.v1.ICreateContainerRequest, callback: runtime.v1.RuntimeService.CreateContainerCallback): void;
             *   (request: runtime.v1.ICreateContainerRequest): Promise<runtime.v1.CreateContainerResponse>;
             *   readonly name: "CreateContainer";
             *   readonly path: "/runtime.v1.RuntimeService/CreateContainer";
             *   readonly requestType: "CreateContainerRequest";
             *   readonly responseType: "CreateContainerResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls CreateContainer.
             * @name runtime.v1.RuntimeService#createContainer
             * @type {runtime.v1.RuntimeService.CreateContainer}
             */
            $Object.defineProperties(RuntimeService.prototype.createContainer = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.createContainer, $root.runtime.v1.CreateContainerRequest, $root.runtime.v1.CreateContainerResponse, request, callback);
            }, {
                name: { value: "CreateContainer" },
                path: { value: "/runtime.v1.RuntimeService/CreateContainer" },
                requestType: { value: "CreateContainerRequest" },
                responseType: { value: "CreateContainerResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#startContainer}.
             * @memberof runtime.v1.RuntimeService
             * @typedef StartContainerCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.Empty} [response] Empty
             */

            /**
             * Calls StartContainer.
             * @memberof runtime.v1.RuntimeService
             * @typedef StartContainer
             * @type {{
             *   (request: runtime.v1.IStartContainerRequest, callback: runtime.v1.RuntimeService.StartContainerCallback): void;
             *   (request: runtime.v1.IStartContainerRequest): Promise<runtime.v1.Empty>;
             *   readonly name: "StartContainer";
             *   readonly path: "/runtime.v1.RuntimeService/StartContainer";
             *   readonly requestType: "StartContainerRequest";
             *   readonly responseType: "Empty";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls StartContainer.
             * @name runtime.v1.RuntimeService#startContainer
             * @type {runtime.v1.RuntimeService.StartContainer}
             */
            $Object.defineProperties(RuntimeService.prototype.startContainer = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.startContainer, $root.runtime.v1.StartContainerRequest, $root.runtime.v1.Empty, request, callback);
            }, {
                name: { value: "StartContainer" },
                path: { value: "/runtime.v1.RuntimeService/StartContainer" },
                requestType: { value: "StartContainerRequest" },
                responseType: { value: "Empty" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#containerStatus}.
             * @memberof runtime.v1.RuntimeService
             * @typedef ContainerStatusCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.ContainerStatusResponse} [response] ContainerStatusResponse
             */

            /**
             * Calls ContainerStatus.
             * @memberof runtime.v1.RuntimeService
             * @typedef ContainerStatus
             * @type {{
             *   (request: runtime.v1.IContainerStatusRequest, callback: runtime.v1.RuntimeService.ContainerStatusCallback): void;
             *   (request: runtime.v1.IContainerStatusRequest): Promise<runtime.v1.ContainerStatusResponse>;
             *   readonly name: "ContainerStatus";
             *   readonly path: "/runtime.v1.RuntimeService/ContainerStatus";
             *   readonly requestType: "ContainerStatusRequest";
             *   readonly responseType: "ContainerStatusResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ContainerStatus.
             * @name runtime.v1.RuntimeService#containerStatus
             * @type {runtime.v1.RuntimeService.ContainerStatus}
             */
            $Object.defineProperties(RuntimeService.prototype.containerStatus = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.containerStatus, $root.runtime.v1.ContainerStatusRequest, $root.runtime.v1.ContainerStatusResponse, request, callback);
            }, {
                name: { value: "ContainerStatus" },
                path: { value: "/runtime.v1.RuntimeService/ContainerStatus" },
                requestType: { value: "ContainerStatusRequest" },
                responseType: { value: "ContainerStatusResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#execSync}.
             * @memberof runtime.v1.RuntimeService
             * @typedef ExecSyncCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.ExecSyncResponse} [response] ExecSyncResponse
             */

            /**
             * Calls ExecSync.
             * @memberof runtime.v1.RuntimeService
             * @typedef ExecSync
             * @type {{
             *   (request: runtime.v1.IExecSyncRequest, callback: runtime.v1.RuntimeService.ExecSyncCallback): void;
             *   (request: runtime.v1.IExecSyncRequest): Promise<runtime.v1.ExecSyncResponse>;
             *   readonly name: "ExecSync";
             *   readonly path: "/runtime.v1.RuntimeService/ExecSync";
             *   readonly requestType: "ExecSyncRequest";
             *   readonly responseType: "ExecSyncResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ExecSync.
             * @name runtime.v1.RuntimeService#execSync
             * @type {runtime.v1.RuntimeService.ExecSync}
             */
            $Object.defineProperties(RuntimeService.prototype.execSync = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.execSync, $root.runtime.v1.ExecSyncRequest, $root.runtime.v1.ExecSyncResponse, request, callback);
            }, {
                name: { value: "ExecSync" },
                path: { value: "/runtime.v1.RuntimeService/ExecSync" },
                requestType: { value: "ExecSyncRequest" },
                responseType: { value: "ExecSyncResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            return RuntimeService;
        })();

        v1.ImageService = (function() {

            /**
             * Constructs a new ImageService service.
             * @memberof runtime.v1
             * @classdesc Represents an ImageService
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const ImageService = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(ImageService.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: ImageService, writable: true, enumerable: false, configurable: true });

            /**
             * Creates new ImageService service using the specified rpc implementation.
             * @function create
             * @memberof runtime.v1.ImageService
             * @static
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             * @returns {ImageService} RPC service. Useful where requests and/or responses are streamed.
             */
            ImageService.create = function(rpcImpl, requestDelimited, responseDelimited) {
                return new this(rpcImpl, requestDelimited, responseDelimited);
            };

            /**
             * Callback as used by {@link runtime.v1.ImageService#imageStatus}.
             * @memberof runtime.v1.ImageService
             * @typedef ImageStatusCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.ImageStatusResponse} [response] ImageStatusResponse
             */

            /**
             * Calls ImageStatus.
             * @memberof runtime.v1.ImageService
             * @typedef ImageStatus
             * @type {{
             *   (request: runtime.v1.IImageStatusRequest, callback: runtime.v1.ImageService.ImageStatusCallback): void;
             *   (request: runtime.v1.IImageStatusRequest): Promise<runtime.v1.ImageStatusResponse>;
             *   readonly name: "ImageStatus";
             *   readonly path: "/runtime.v1.ImageService/ImageStatus";
             *   readonly requestType: "ImageStatusRequest";
             *   readonly responseType: "ImageStatusResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ImageStatus.
             * @name runtime.v1.ImageService#imageStatus
             * @type {runtime.v1.ImageService.ImageStatus}
             */
            $Object.defineProperties(ImageService.prototype.imageStatus = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, ImageService.prototype.imageStatus, $root.runtime.v1.ImageStatusRequest, $root.runtime.v1.ImageStatusResponse, request, callback);
            }, {
                name: { value: "ImageStatus" },
                path: { value: "/runtime.v1.ImageService/ImageStatus" },
                requestType: { value: "ImageStatusRequest" },
                responseType: { value: "ImageStatusResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            return ImageService;
        })();

        v1.Empty = (function() {

            /**
             * Properties of an Empty.
             * @typedef {Object} runtime.v1.Empty.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Empty.
             * @memberof runtime.v1
             * @interface IEmpty
             * @augments runtime.v1.Empty.$Properties
             * @deprecated Use runtime.v1.Empty.$Properties instead.
             */

            /**
             * Shape of an Empty.
             * @typedef {runtime.v1.Empty.$Properties} runtime.v1.Empty.$Shape
             */

            /**
             * Constructs a new Empty.
             * @memberof runtime.v1
             * @classdesc Replaces every request and response without used fields.
             * @constructor
             * @param {runtime.v1.Empty.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Empty = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new Empty instance using the specified properties.
             * @function create
             * @memberof runtime.v1.Empty
             * @static
             * @param {runtime.v1.Empty.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.Empty} Empty instance
             * @type {{
             *   (properties: runtime.v1.Empty.$Shape): runtime.v1.Empty & runtime.v1.Empty.$Shape;
             *   (properties?: runtime.v1.Empty.$Properties): runtime.v1.Empty;
             * }}
             */
            Empty.create = function(properties) {
                return new Empty(properties);
            };

            /**
             * Encodes the specified Empty message. Does not implicitly {@link runtime.v1.Empty.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.Empty
             * @static
             * @param {runtime.v1.Empty.$Properties} message Empty message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Empty.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Empty message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.Empty
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.Empty & runtime.v1.Empty.$Shape} Empty
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Empty.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.Empty();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Empty;
        })();

        v1.VersionRequest = (function() {

            /**
             * Properties of a VersionRequest.
             * @typedef {Object} runtime.v1.VersionRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VersionRequest.
             * @memberof runtime.v1
             * @interface IVersionRequest
             * @augments runtime.v1.VersionRequest.$Properties
             * @deprecated Use runtime.v1.VersionRequest.$Properties instead.
             */

            /**
             * Shape of a VersionRequest.
             * @typedef {runtime.v1.VersionRequest.$Properties} runtime.v1.VersionRequest.$Shape
             */

            /**
             * Constructs a new VersionRequest.
             * @memberof runtime.v1
             * @classdesc Represents a VersionRequest.
             * @constructor
             * @param {runtime.v1.VersionRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VersionRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new VersionRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.VersionRequest
             * @static
             * @param {runtime.v1.VersionRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.VersionRequest} VersionRequest instance
             * @type {{
             *   (properties: runtime.v1.VersionRequest.$Shape): runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape;
             *   (properties?: runtime.v1.VersionRequest.$Properties): runtime.v1.VersionRequest;
             * }}
             */
            VersionRequest.create = function(properties) {
                return new VersionRequest(properties);
            };

            /**
             * Encodes the specified VersionRequest message. Does not implicitly {@link runtime.v1.VersionRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.VersionRequest
             * @static
             * @param {runtime.v1.VersionRequest.$Properties} message VersionRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VersionRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VersionRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.VersionRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape} VersionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VersionRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.VersionRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VersionRequest;
        })();

        v1.VersionResponse = (function() {

            /**
             * Properties of a VersionResponse.
             * @typedef {Object} runtime.v1.VersionResponse.$Properties
             * @property {string|null} [runtimeName] VersionResponse runtimeName
             * @property {string|null} [runtimeVersion] VersionResponse runtimeVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VersionResponse.
             * @memberof runtime.v1
             * @interface IVersionResponse
             * @augments runtime.v1.VersionResponse.$Properties
             * @deprecated Use runtime.v1.VersionResponse.$Properties instead.
             */

            /**
             * Shape of a VersionResponse.
             * @typedef {runtime.v1.VersionResponse.$Properties} runtime.v1.VersionResponse.$Shape
             */

            /**
             * Constructs a new VersionResponse.
             * @memberof runtime.v1
             * @classdesc Represents a VersionResponse.
             * @constructor
             * @param {runtime.v1.VersionResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VersionResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VersionResponse runtimeName.
             * @member {string} runtimeName
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeName = "";

            /**
             * VersionResponse runtimeVersion.
             * @member {string} runtimeVersion
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeVersion = "";

            /**
             * Creates a new VersionResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.VersionResponse
             * @static
             * @param {runtime.v1.VersionResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.VersionResponse} VersionResponse instance
             * @type {{
             *   (properties: runtime.v1.VersionResponse.$Shape): runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape;
             *   (properties?: runtime.v1.VersionResponse.$Properties): runtime.v1.VersionResponse;
             * }}
             */
            VersionResponse.create = function(properties) {
                return new VersionResponse(properties);
            };

            /**
             * Encodes the specified VersionResponse message. Does not implicitly {@link runtime.v1.VersionResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.VersionResponse
             * @static
             * @param {runtime.v1.VersionResponse.$Properties} message VersionResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VersionResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.runtimeName != null && $Object.hasOwnProperty.call(message, "runtimeName") && message.runtimeName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.runtimeName);
                if (message.runtimeVersion != null && $Object.hasOwnProperty.call(message, "runtimeVersion") && message.runtimeVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.runtimeVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VersionResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.VersionResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape} VersionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VersionResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.VersionResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeName = value;
                            else
                                delete message.runtimeName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeVersion = value;
                            else
                                delete message.runtimeVersion;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VersionResponse;
        })();

        /**
         * Scope of a Linux namespace of a container.
         * @name runtime.v1.NamespaceMode
         * @enum {number}
         * @property {number} POD=0 Shared by the containers of the pod.
         * @property {number} CONTAINER=1 The container's own.
         * @property {number} NODE=2 The node's.
         */
        v1.NamespaceMode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "POD"] = 0;
            values[valuesById[1] = "CONTAINER"] = 1;
            values[valuesById[2] = "NODE"] = 2;
            return values;
        })();

        v1.NamespaceOption = (function() {

            /**
             * Properties of a NamespaceOption.
             * @typedef {Object} runtime.v1.NamespaceOption.$Properties
             * @property {runtime.v1.NamespaceMode|null} [network] NamespaceOption network
             * @property {runtime.v1.NamespaceMode|null} [pid] NamespaceOption pid
             * @property {runtime.v1.NamespaceMode|null} [ipc] NamespaceOption ipc
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamespaceOption.
             * @memberof runtime.v1
             * @interface INamespaceOption
             * @augments runtime.v1.NamespaceOption.$Properties
             * @deprecated Use runtime.v1.NamespaceOption.$Properties instead.
             */

            /**
             * Shape of a NamespaceOption.
             * @typedef {runtime.v1.NamespaceOption.$Properties} runtime.v1.NamespaceOption.$Shape
             */

            /**
             * Constructs a new NamespaceOption.
             * @memberof runtime.v1
             * @classdesc Represents a NamespaceOption.
             * @constructor
             * @param {runtime.v1.NamespaceOption.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamespaceOption = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamespaceOption network.
             * @member {runtime.v1.NamespaceMode} network
             * @memberof runtime.v1.NamespaceOption
             * @instance
             */
            NamespaceOption.prototype.network = 0;

            /**
             * NamespaceOption pid.
             * @member {runtime.v1.NamespaceMode} pid
             * @memberof runtime.v1.NamespaceOption
             * @instance
             */
            NamespaceOption.prototype.pid = 0;

            /**
             * NamespaceOption ipc.
             * @member {runtime.v1.NamespaceMode} ipc
             * @memberof runtime.v1.NamespaceOption
             * @instance
             */
            NamespaceOption.prototype.ipc = 0;

            /**
             * Creates a new NamespaceOption instance using the specified properties.
             * @function create
             * @memberof runtime.v1.NamespaceOption
             * @static
             * @param {runtime.v1.NamespaceOption.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.NamespaceOption} NamespaceOption instance
             * @type {{
             *   (properties: runtime.v1.NamespaceOption.$Shape): runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape;
             *   (properties?: runtime.v1.NamespaceOption.$Properties): runtime.v1.NamespaceOption;
             * }}
             */
            NamespaceOption.create = function(properties) {
                return new NamespaceOption(properties);
            };

            /**
             * Encodes the specified NamespaceOption message. Does not implicitly {@link runtime.v1.NamespaceOption.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.NamespaceOption
             * @static
             * @param {runtime.v1.NamespaceOption.$Properties} message NamespaceOption message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamespaceOption.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.network);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.pid);
                if (message.ipc != null && $Object.hasOwnProperty.call(message, "ipc") && message.ipc !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.ipc);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamespaceOption message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.NamespaceOption
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape} NamespaceOption
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamespaceOption.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.NamespaceOption();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.network = value;
                            else
                                delete message.network;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.ipc = value;
                            else
                                delete message.ipc;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NamespaceOption;
        })();

        v1.PodSandboxMetadata = (function() {

            /**
             * Properties of a PodSandboxMetadata.
             * @typedef {Object} runtime.v1.PodSandboxMetadata.$Properties
             * @property {string|null} [name] PodSandboxMetadata name
             * @property {string|null} [uid] PodSandboxMetadata uid
             * @property {string|null} [namespace] PodSandboxMetadata namespace
             * @property {number|null} [attempt] PodSandboxMetadata attempt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxMetadata.
             * @memberof runtime.v1
             * @interface IPodSandboxMetadata
             * @augments runtime.v1.PodSandboxMetadata.$Properties
             * @deprecated Use runtime.v1.PodSandboxMetadata.$Properties instead.
             */

            /**
             * Shape of a PodSandboxMetadata.
             * @typedef {runtime.v1.PodSandboxMetadata.$Properties} runtime.v1.PodSandboxMetadata.$Shape
             */

            /**
             * Constructs a new PodSandboxMetadata.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxMetadata.
             * @constructor
             * @param {runtime.v1.PodSandboxMetadata.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxMetadata = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxMetadata name.
             * @member {string} name
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.name = "";

            /**
             * PodSandboxMetadata uid.
             * @member {string} uid
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.uid = "";

            /**
             * PodSandboxMetadata namespace.
             * @member {string} namespace
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.namespace = "";

            /**
             * PodSandboxMetadata attempt.
             * @member {number} attempt
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.attempt = 0;

            /**
             * Creates a new PodSandboxMetadata instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxMetadata
             * @static
             * @param {runtime.v1.PodSandboxMetadata.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxMetadata} PodSandboxMetadata instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxMetadata.$Shape): runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape;
             *   (properties?: runtime.v1.PodSandboxMetadata.$Properties): runtime.v1.PodSandboxMetadata;
             * }}
             */
            PodSandboxMetadata.create = function(properties) {
                return new PodSandboxMetadata(properties);
            };

            /**
             * Encodes the specified PodSandboxMetadata message. Does not implicitly {@link runtime.v1.PodSandboxMetadata.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxMetadata
             * @static
             * @param {runtime.v1.PodSandboxMetadata.$Properties} message PodSandboxMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.uid);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.attempt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape} PodSandboxMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxMetadata.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.PodSandboxMetadata();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uid = value;
                            else
                                delete message.uid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodSandboxMetadata;
        })();

        v1.LinuxSandboxSecurityContext = (function() {

            /**
             * Properties of a LinuxSandboxSecurityContext.
             * @typedef {Object} runtime.v1.LinuxSandboxSecurityContext.$Properties
             * @property {runtime.v1.NamespaceOption.$Properties|null} [namespaceOptions] LinuxSandboxSecurityContext namespaceOptions
             * @property {boolean|null} [privileged] LinuxSandboxSecurityContext privileged
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinuxSandboxSecurityContext.
             * @memberof runtime.v1
             * @interface ILinuxSandboxSecurityContext
             * @augments runtime.v1.LinuxSandboxSecurityContext.$Properties
             * @deprecated Use runtime.v1.LinuxSandboxSecurityContext.$Properties instead.
             */

            /**
             * Shape of a LinuxSandboxSecurityContext.
             * @typedef {runtime.v1.LinuxSandboxSecurityContext.$Properties} runtime.v1.LinuxSandboxSecurityContext.$Shape
             */

            /**
             * Constructs a new LinuxSandboxSecurityContext.
             * @memberof runtime.v1
             * @classdesc Represents a LinuxSandboxSecurityContext.
             * @constructor
             * @param {runtime.v1.LinuxSandboxSecurityContext.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinuxSandboxSecurityContext = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinuxSandboxSecurityContext namespaceOptions.
             * @member {runtime.v1.NamespaceOption.$Properties|null|undefined} namespaceOptions
             * @memberof runtime.v1.LinuxSandboxSecurityContext
             * @instance
             */
            LinuxSandboxSecurityContext.prototype.namespaceOptions = null;

            /**
             * LinuxSandboxSecurityContext privileged.
             * @member {boolean} privileged
             * @memberof runtime.v1.LinuxSandboxSecurityContext
             * @instance
             */
            LinuxSandboxSecurityContext.prototype.privileged = false;

            /**
             * Creates a new LinuxSandboxSecurityContext instance using the specified properties.
             * @function create
             * @memberof runtime.v1.LinuxSandboxSecurityContext
             * @static
             * @param {runtime.v1.LinuxSandboxSecurityContext.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.LinuxSandboxSecurityContext} LinuxSandboxSecurityContext instance
             * @type {{
             *   (properties: runtime.v1.LinuxSandboxSecurityContext.$Shape): runtime.v1.LinuxSandboxSecurityContext & runtime.v1.LinuxSandboxSecurityContext.$Shape;
             *   (properties?: runtime.v1.LinuxSandboxSecurityContext.$Properties): runtime.v1.LinuxSandboxSecurityContext;
             * }}
             */
            LinuxSandboxSecurityContext.create = function(properties) {
                return new LinuxSandboxSecurityContext(properties);
            };

            /**
             * Encodes the specified LinuxSandboxSecurityContext message. Does not implicitly {@link runtime.v1.LinuxSandboxSecurityContext.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.LinuxSandboxSecurityContext
             * @static
             * @param {runtime.v1.LinuxSandboxSecurityContext.$Properties} message LinuxSandboxSecurityContext message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinuxSandboxSecurityContext.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespaceOptions != null && $Object.hasOwnProperty.call(message, "namespaceOptions"))
                    $root.runtime.v1.NamespaceOption.encode(message.namespaceOptions, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.privileged != null && $Object.hasOwnProperty.call(message, "privileged") && message.privileged !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.privileged);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinuxSandboxSecurityContext message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.LinuxSandboxSecurityContext
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxSandboxSecurityContext & runtime.v1.LinuxSandboxSecurityContext.$Shape} LinuxSandboxSecurityContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinuxSandboxSecurityContext.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.LinuxSandboxSecurityContext();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.namespaceOptions = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceOptions);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.privileged = value;
                            else
                                delete message.privileged;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinuxSandboxSecurityContext;
        })();

        v1.LinuxPodSandboxConfig = (function() {

            /**
             * Properties of a LinuxPodSandboxConfig.
             * @typedef {Object} runtime.v1.LinuxPodSandboxConfig.$Properties
             * @property {runtime.v1.LinuxSandboxSecurityContext.$Properties|null} [securityContext] LinuxPodSandboxConfig securityContext
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinuxPodSandboxConfig.
             * @memberof runtime.v1
             * @interface ILinuxPodSandboxConfig
             * @augments runtime.v1.LinuxPodSandboxConfig.$Properties
             * @deprecated Use runtime.v1.LinuxPodSandboxConfig.$Properties instead.
             */

            /**
             * Shape of a LinuxPodSandboxConfig.
             * @typedef {runtime.v1.LinuxPodSandboxConfig.$Properties} runtime.v1.LinuxPodSandboxConfig.$Shape
             */

            /**
             * Constructs a new LinuxPodSandboxConfig.
             * @memberof runtime.v1
             * @classdesc Represents a LinuxPodSandboxConfig.
             * @constructor
             * @param {runtime.v1.LinuxPodSandboxConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinuxPodSandboxConfig = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinuxPodSandboxConfig securityContext.
             * @member {runtime.v1.LinuxSandboxSecurityContext.$Properties|null|undefined} securityContext
             * @memberof runtime.v1.LinuxPodSandboxConfig
             * @instance
             */
            LinuxPodSandboxConfig.prototype.securityContext = null;

            /**
             * Creates a new LinuxPodSandboxConfig instance using the specified properties.
             * @function create
             * @memberof runtime.v1.LinuxPodSandboxConfig
             * @static
             * @param {runtime.v1.LinuxPodSandboxConfig.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.LinuxPodSandboxConfig} LinuxPodSandboxConfig instance
             * @type {{
             *   (properties: runtime.v1.LinuxPodSandboxConfig.$Shape): runtime.v1.LinuxPodSandboxConfig & runtime.v1.LinuxPodSandboxConfig.$Shape;
             *   (properties?: runtime.v1.LinuxPodSandboxConfig.$Properties): runtime.v1.LinuxPodSandboxConfig;
             * }}
             */
            LinuxPodSandboxConfig.create = function(properties) {
                return new LinuxPodSandboxConfig(properties);
            };

            /**
             * Encodes the specified LinuxPodSandboxConfig message. Does not implicitly {@link runtime.v1.LinuxPodSandboxConfig.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.LinuxPodSandboxConfig
             * @static
             * @param {runtime.v1.LinuxPodSandboxConfig.$Properties} message LinuxPodSandboxConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinuxPodSandboxConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
                    $root.runtime.v1.LinuxSandboxSecurityContext.encode(message.securityContext, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinuxPodSandboxConfig message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.LinuxPodSandboxConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxPodSandboxConfig & runtime.v1.LinuxPodSandboxConfig.$Shape} LinuxPodSandboxConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinuxPodSandboxConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.LinuxPodSandboxConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.securityContext = $root.runtime.v1.LinuxSandboxSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinuxPodSandboxConfig;
        })();

        v1.PodSandboxConfig = (function() {

            /**
             * Properties of a PodSandboxConfig.
             * @typedef {Object} runtime.v1.PodSandboxConfig.$Properties
             * @property {runtime.v1.PodSandboxMetadata.$Properties|null} [metadata] PodSandboxConfig metadata
             * @property {string|null} [logDirectory] Base folder of the containers' log paths.
             * @property {Object.<string,string>|null} [labels] PodSandboxConfig labels
             * @property {runtime.v1.LinuxPodSandboxConfig.$Properties|null} [linux] PodSandboxConfig linux
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxConfig.
             * @memberof runtime.v1
             * @interface IPodSandboxConfig
             * @augments runtime.v1.PodSandboxConfig.$Properties
             * @deprecated Use runtime.v1.PodSandboxConfig.$Properties instead.
             */

            /**
             * Shape of a PodSandboxConfig.
             * @typedef {runtime.v1.PodSandboxConfig.$Properties} runtime.v1.PodSandboxConfig.$Shape
             */

            /**
             * Constructs a new PodSandboxConfig.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxConfig.
             * @constructor
             * @param {runtime.v1.PodSandboxConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxConfig = function (properties) {
                this.labels = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxConfig metadata.
             * @member {runtime.v1.PodSandboxMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.PodSandboxConfig
             * @instance
             */
            PodSandboxConfig.prototype.metadata = null;

            /**
             * Base folder of the containers' log paths.
             * @member {string} logDirectory
             * @memberof runtime.v1.PodSandboxConfig
             * @instance
             */
            PodSandboxConfig.prototype.logDirectory = "";

            /**
             * PodSandboxConfig labels.
             * @member {Object.<string,string>} labels
             * @memberof runtime.v1.PodSandboxConfig
             * @instance
             */
            PodSandboxConfig.prototype.labels = $util.emptyObject;

            /**
             * PodSandboxConfig linux.
             * @member {runtime.v1.LinuxPodSandboxConfig.$Properties|null|undefined} linux
             * @memberof runtime.v1.PodSandboxConfig
             * @instance
             */
            PodSandboxConfig.prototype.linux = null;

            /**
             * Creates a new PodSandboxConfig instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxConfig
             * @static
             * @param {runtime.v1.PodSandboxConfig.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxConfig} PodSandboxConfig instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxConfig.$Shape): runtime.v1.PodSandboxConfig & runtime.v1.PodSandboxConfig.$Shape;
             *   (properties?: runtime.v1.PodSandboxConfig.$Properties): runtime.v1.PodSandboxConfig;
             * }}
             */
            PodSandboxConfig.create = function(properties) {
                return new PodSandboxConfig(properties);
            };

            /**
             * Encodes the specified PodSandboxConfig message. Does not implicitly {@link runtime.v1.PodSandboxConfig.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxConfig
             * @static
             * @param {runtime.v1.PodSandboxConfig.$Properties} message PodSandboxConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.logDirectory != null && $Object.hasOwnProperty.call(message, "logDirectory") && message.logDirectory !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.logDirectory);
                if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                    for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
                    $root.runtime.v1.LinuxPodSandboxConfig.encode(message.linux, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxConfig message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxConfig & runtime.v1.PodSandboxConfig.$Shape} PodSandboxConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.PodSandboxConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.logDirectory = value;
                            else
                                delete message.logDirectory;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (message.labels === $util.emptyObject)
                                message.labels = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.labels, key);
                            message.labels[key] = value;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.linux = $root.runtime.v1.LinuxPodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodSandboxConfig;
        })();

        v1.RunPodSandboxRequest = (function() {

            /**
             * Properties of a RunPodSandboxRequest.
             * @typedef {Object} runtime.v1.RunPodSandboxRequest.$Properties
             * @property {runtime.v1.PodSandboxConfig.$Properties|null} [config] RunPodSandboxRequest config
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RunPodSandboxRequest.
             * @memberof runtime.v1
             * @interface IRunPodSandboxRequest
             * @augments runtime.v1.RunPodSandboxRequest.$Properties
             * @deprecated Use runtime.v1.RunPodSandboxRequest.$Properties instead.
             */

            /**
             * Shape of a RunPodSandboxRequest.
             * @typedef {runtime.v1.RunPodSandboxRequest.$Properties} runtime.v1.RunPodSandboxRequest.$Shape
             */

            /**
             * Constructs a new RunPodSandboxRequest.
             * @memberof runtime.v1
             * @classdesc Represents a RunPodSandboxRequest.
             * @constructor
             * @param {runtime.v1.RunPodSandboxRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RunPodSandboxRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RunPodSandboxRequest config.
             * @member {runtime.v1.PodSandboxConfig.$Properties|null|undefined} config
             * @memberof runtime.v1.RunPodSandboxRequest
             * @instance
             */
            RunPodSandboxRequest.prototype.config = null;

            /**
             * Creates a new RunPodSandboxRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.RunPodSandboxRequest
             * @static
             * @param {runtime.v1.RunPodSandboxRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.RunPodSandboxRequest} RunPodSandboxRequest instance
             * @type {{
             *   (properties: runtime.v1.RunPodSandboxRequest.$Shape): runtime.v1.RunPodSandboxRequest & runtime.v1.RunPodSandboxRequest.$Shape;
             *   (properties?: runtime.v1.RunPodSandboxRequest.$Properties): runtime.v1.RunPodSandboxRequest;
             * }}
             */
            RunPodSandboxRequest.create = function(properties) {
                return new RunPodSandboxRequest(properties);
            };

            /**
             * Encodes the specified RunPodSandboxRequest message. Does not implicitly {@link runtime.v1.RunPodSandboxRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.RunPodSandboxRequest
             * @static
             * @param {runtime.v1.RunPodSandboxRequest.$Properties} message RunPodSandboxRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RunPodSandboxRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
                    $root.runtime.v1.PodSandboxConfig.encode(message.config, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RunPodSandboxRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.RunPodSandboxRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.RunPodSandboxRequest & runtime.v1.RunPodSandboxRequest.$Shape} RunPodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RunPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.RunPodSandboxRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.config = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RunPodSandboxRequest;
        })();

        v1.RunPodSandboxResponse = (function() {

            /**
             * Properties of a RunPodSandboxResponse.
             * @typedef {Object} runtime.v1.RunPodSandboxResponse.$Properties
             * @property {string|null} [podSandboxId] RunPodSandboxResponse podSandboxId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RunPodSandboxResponse.
             * @memberof runtime.v1
             * @interface IRunPodSandboxResponse
             * @augments runtime.v1.RunPodSandboxResponse.$Properties
             * @deprecated Use runtime.v1.RunPodSandboxResponse.$Properties instead.
             */

            /**
             * Shape of a RunPodSandboxResponse.
             * @typedef {runtime.v1.RunPodSandboxResponse.$Properties} runtime.v1.RunPodSandboxResponse.$Shape
             */

            /**
             * Constructs a new RunPodSandboxResponse.
             * @memberof runtime.v1
             * @classdesc Represents a RunPodSandboxResponse.
             * @constructor
             * @param {runtime.v1.RunPodSandboxResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RunPodSandboxResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RunPodSandboxResponse podSandboxId.
             * @member {string} podSandboxId
             * @memberof runtime.v1.RunPodSandboxResponse
             * @instance
             */
            RunPodSandboxResponse.prototype.podSandboxId = "";

            /**
             * Creates a new RunPodSandboxResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.RunPodSandboxResponse
             * @static
             * @param {runtime.v1.RunPodSandboxResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.RunPodSandboxResponse} RunPodSandboxResponse instance
             * @type {{
             *   (properties: runtime.v1.RunPodSandboxResponse.$Shape): runtime.v1.RunPodSandboxResponse & runtime.v1.RunPodSandboxResponse.$Shape;
             *   (properties?: runtime.v1.RunPodSandboxResponse.$Properties): runtime.v1.RunPodSandboxResponse;
             * }}
             */
            RunPodSandboxResponse.create = function(properties) {
                return new RunPodSandboxResponse(properties);
            };

            /**
             * Encodes the specified RunPodSandboxResponse message. Does not implicitly {@link runtime.v1.RunPodSandboxResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.RunPodSandboxResponse
             * @static
             * @param {runtime.v1.RunPodSandboxResponse.$Properties} message RunPodSandboxResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RunPodSandboxResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.podSandboxId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RunPodSandboxResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.RunPodSandboxResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.RunPodSandboxResponse & runtime.v1.RunPodSandboxResponse.$Shape} RunPodSandboxResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RunPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.RunPodSandboxResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podSandboxId = value;
                            else
                                delete message.podSandboxId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RunPodSandboxResponse;
        })();

        v1.PodSandboxRequest = (function() {

            /**
             * Properties of a PodSandboxRequest.
             * @typedef {Object} runtime.v1.PodSandboxRequest.$Properties
             * @property {string|null} [podSandboxId] PodSandboxRequest podSandboxId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxRequest.
             * @memberof runtime.v1
             * @interface IPodSandboxRequest
             * @augments runtime.v1.PodSandboxRequest.$Properties
             * @deprecated Use runtime.v1.PodSandboxRequest.$Properties instead.
             */

            /**
             * Shape of a PodSandboxRequest.
             * @typedef {runtime.v1.PodSandboxRequest.$Properties} runtime.v1.PodSandboxRequest.$Shape
             */

            /**
             * Constructs a new PodSandboxRequest.
             * @memberof runtime.v1
             * @classdesc Used for stopping and removing.
             * @constructor
             * @param {runtime.v1.PodSandboxRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxRequest podSandboxId.
             * @member {string} podSandboxId
             * @memberof runtime.v1.PodSandboxRequest
             * @instance
             */
            PodSandboxRequest.prototype.podSandboxId = "";

            /**
             * Creates a new PodSandboxRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxRequest
             * @static
             * @param {runtime.v1.PodSandboxRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxRequest} PodSandboxRequest instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxRequest.$Shape): runtime.v1.PodSandboxRequest & runtime.v1.PodSandboxRequest.$Shape;
             *   (properties?: runtime.v1.PodSandboxRequest.$Properties): runtime.v1.PodSandboxRequest;
             * }}
             */
            PodSandboxRequest.create = function(properties) {
                return new PodSandboxRequest(properties);
            };

            /**
             * Encodes the specified PodSandboxRequest message. Does not implicitly {@link runtime.v1.PodSandboxRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxRequest
             * @static
             * @param {runtime.v1.PodSandboxRequest.$Properties} message PodSandboxRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.podSandboxId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxRequest & runtime.v1.PodSandboxRequest.$Shape} PodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.PodSandboxRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podSandboxId = value;
                            else
                                delete message.podSandboxId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodSandboxRequest;
        })();

        v1.PodSandbox = (function() {

            /**
             * Properties of a PodSandbox.
             * @typedef {Object} runtime.v1.PodSandbox.$Properties
             * @property {string|null} [id] PodSandbox id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandbox.
             * @memberof runtime.v1
             * @interface IPodSandbox
             * @augments runtime.v1.PodSandbox.$Properties
             * @deprecated Use runtime.v1.PodSandbox.$Properties instead.
             */

            /**
             * Shape of a PodSandbox.
             * @typedef {runtime.v1.PodSandbox.$Properties} runtime.v1.PodSandbox.$Shape
             */

            /**
             * Constructs a new PodSandbox.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandbox.
             * @constructor
             * @param {runtime.v1.PodSandbox.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandbox = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandbox id.
             * @member {string} id
             * @memberof runtime.v1.PodSandbox
             * @instance
             */
            PodSandbox.prototype.id = "";

            /**
             * Creates a new PodSandbox instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandbox
             * @static
             * @param {runtime.v1.PodSandbox.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandbox} PodSandbox instance
             * @type {{
             *   (properties: runtime.v1.PodSandbox.$Shape): runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape;
             *   (properties?: runtime.v1.PodSandbox.$Properties): runtime.v1.PodSandbox;
             * }}
             */
            PodSandbox.create = function(properties) {
                return new PodSandbox(properties);
            };

            /**
             * Encodes the specified PodSandbox message. Does not implicitly {@link runtime.v1.PodSandbox.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandbox
             * @static
             * @param {runtime.v1.PodSandbox.$Properties} message PodSandbox message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandbox.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandbox message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandbox
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape} PodSandbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandbox.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.PodSandbox();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodSandbox;
        })();

        v1.ListPodSandboxResponse = (function() {

            /**
             * Properties of a ListPodSandboxResponse.
             * @typedef {Object} runtime.v1.ListPodSandboxResponse.$Properties
             * @property {Array.<runtime.v1.PodSandbox.$Properties>|null} [items] ListPodSandboxResponse items
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListPodSandboxResponse.
             * @memberof runtime.v1
             * @interface IListPodSandboxResponse
             * @augments runtime.v1.ListPodSandboxResponse.$Properties
             * @deprecated Use runtime.v1.ListPodSandboxResponse.$Properties instead.
             */

            /**
             * Shape of a ListPodSandboxResponse.
             * @typedef {runtime.v1.ListPodSandboxResponse.$Properties} runtime.v1.ListPodSandboxResponse.$Shape
             */

            /**
             * Constructs a new ListPodSandboxResponse.
             * @memberof runtime.v1
             * @classdesc Represents a ListPodSandboxResponse.
             * @constructor
             * @param {runtime.v1.ListPodSandboxResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListPodSandboxResponse = function (properties) {
                this.items = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListPodSandboxResponse items.
             * @member {Array.<runtime.v1.PodSandbox.$Properties>} items
             * @memberof runtime.v1.ListPodSandboxResponse
             * @instance
             */
            ListPodSandboxResponse.prototype.items = $util.emptyArray;

            /**
             * Creates a new ListPodSandboxResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ListPodSandboxResponse
             * @static
             * @param {runtime.v1.ListPodSandboxResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ListPodSandboxResponse} ListPodSandboxResponse instance
             * @type {{
             *   (properties: runtime.v1.ListPodSandboxResponse.$Shape): runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape;
             *   (properties?: runtime.v1.ListPodSandboxResponse.$Properties): runtime.v1.ListPodSandboxResponse;
             * }}
             */
            ListPodSandboxResponse.create = function(properties) {
                return new ListPodSandboxResponse(properties);
            };

            /**
             * Encodes the specified ListPodSandboxResponse message. Does not implicitly {@link runtime.v1.ListPodSandboxResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListPodSandboxResponse
             * @static
             * @param {runtime.v1.ListPodSandboxResponse.$Properties} message ListPodSandboxResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPodSandboxResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.items != null && message.items.length)
                    for (let i = 0; i < message.items.length; ++i)
                        $root.runtime.v1.PodSandbox.encode(message.items[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListPodSandboxResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListPodSandboxResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape} ListPodSandboxResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ListPodSandboxResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.items && message.items.length))
                                message.items = [];
                            message.items.push($root.runtime.v1.PodSandbox.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListPodSandboxResponse;
        })();

        v1.ImageSpec = (function() {

            /**
             * Properties of an ImageSpec.
             * @typedef {Object} runtime.v1.ImageSpec.$Properties
             * @property {string|null} [image] ImageSpec image
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ImageSpec.
             * @memberof runtime.v1
             * @interface IImageSpec
             * @augments runtime.v1.ImageSpec.$Properties
             * @deprecated Use runtime.v1.ImageSpec.$Properties instead.
             */

            /**
             * Shape of an ImageSpec.
             * @typedef {runtime.v1.ImageSpec.$Properties} runtime.v1.ImageSpec.$Shape
             */

            /**
             * Constructs a new ImageSpec.
             * @memberof runtime.v1
             * @classdesc Represents an ImageSpec.
             * @constructor
             * @param {runtime.v1.ImageSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ImageSpec = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ImageSpec image.
             * @member {string} image
             * @memberof runtime.v1.ImageSpec
             * @instance
             */
            ImageSpec.prototype.image = "";

            /**
             * Creates a new ImageSpec instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ImageSpec
             * @static
             * @param {runtime.v1.ImageSpec.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ImageSpec} ImageSpec instance
             * @type {{
             *   (properties: runtime.v1.ImageSpec.$Shape): runtime.v1.ImageSpec & runtime.v1.ImageSpec.$Shape;
             *   (properties?: runtime.v1.ImageSpec.$Properties): runtime.v1.ImageSpec;
             * }}
             */
            ImageSpec.create = function(properties) {
                return new ImageSpec(properties);
            };

            /**
             * Encodes the specified ImageSpec message. Does not implicitly {@link runtime.v1.ImageSpec.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ImageSpec
             * @static
             * @param {runtime.v1.ImageSpec.$Properties} message ImageSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ImageSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.image);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ImageSpec message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ImageSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ImageSpec & runtime.v1.ImageSpec.$Shape} ImageSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ImageSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ImageSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ImageSpec;
        })();

        v1.Mount = (function() {

            /**
             * Properties of a Mount.
             * @typedef {Object} runtime.v1.Mount.$Properties
             * @property {string|null} [containerPath] Mount containerPath
             * @property {string|null} [hostPath] Mount hostPath
             * @property {boolean|null} [readonly] Mount readonly
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Mount.
             * @memberof runtime.v1
             * @interface IMount
             * @augments runtime.v1.Mount.$Properties
             * @deprecated Use runtime.v1.Mount.$Properties instead.
             */

            /**
             * Shape of a Mount.
             * @typedef {runtime.v1.Mount.$Properties} runtime.v1.Mount.$Shape
             */

            /**
             * Constructs a new Mount.
             * @memberof runtime.v1
             * @classdesc Represents a Mount.
             * @constructor
             * @param {runtime.v1.Mount.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Mount = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Mount containerPath.
             * @member {string} containerPath
             * @memberof runtime.v1.Mount
             * @instance
             */
            Mount.prototype.containerPath = "";

            /**
             * Mount hostPath.
             * @member {string} hostPath
             * @memberof runtime.v1.Mount
             * @instance
             */
            Mount.prototype.hostPath = "";

            /**
             * Mount readonly.
             * @member {boolean} readonly
             * @memberof runtime.v1.Mount
             * @instance
             */
            Mount.prototype.readonly = false;

            /**
             * Creates a new Mount instance using the specified properties.
             * @function create
             * @memberof runtime.v1.Mount
             * @static
             * @param {runtime.v1.Mount.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.Mount} Mount instance
             * @type {{
             *   (properties: runtime.v1.Mount.$Shape): runtime.v1.Mount & runtime.v1.Mount.$Shape;
             *   (properties?: runtime.v1.Mount.$Properties): runtime.v1.Mount;
             * }}
             */
            Mount.create = function(properties) {
                return new Mount(properties);
            };

            /**
             * Encodes the specified Mount message. Does not implicitly {@link runtime.v1.Mount.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.Mount
             * @static
             * @param {runtime.v1.Mount.$Properties} message Mount message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Mount.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerPath != null && $Object.hasOwnProperty.call(message, "containerPath") && message.containerPath !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerPath);
                if (message.hostPath != null && $Object.hasOwnProperty.call(message, "hostPath") && message.hostPath !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.hostPath);
                if (message.readonly != null && $Object.hasOwnProperty.call(message, "readonly") && message.readonly !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.readonly);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Mount message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.Mount
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.Mount & runtime.v1.Mount.$Shape} Mount
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Mount.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.Mount();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerPath = value;
                            else
                                delete message.containerPath;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostPath = value;
                            else
                                delete message.hostPath;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.readonly = value;
                            else
                                delete message.readonly;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Mount;
        })();

        v1.ContainerMetadata = (function() {

            /**
             * Properties of a ContainerMetadata.
             * @typedef {Object} runtime.v1.ContainerMetadata.$Properties
             * @property {string|null} [name] ContainerMetadata name
             * @property {number|null} [attempt] ContainerMetadata attempt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerMetadata.
             * @memberof runtime.v1
             * @interface IContainerMetadata
             * @augments runtime.v1.ContainerMetadata.$Properties
             * @deprecated Use runtime.v1.ContainerMetadata.$Properties instead.
             */

            /**
             * Shape of a ContainerMetadata.
             * @typedef {runtime.v1.ContainerMetadata.$Properties} runtime.v1.ContainerMetadata.$Shape
             */

            /**
             * Constructs a new ContainerMetadata.
             * @memberof runtime.v1
             * @classdesc Represents a ContainerMetadata.
             * @constructor
             * @param {runtime.v1.ContainerMetadata.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerMetadata = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContainerMetadata name.
             * @member {string} name
             * @memberof runtime.v1.ContainerMetadata
             * @instance
             */
            ContainerMetadata.prototype.name = "";

            /**
             * ContainerMetadata attempt.
             * @member {number} attempt
             * @memberof runtime.v1.ContainerMetadata
             * @instance
             */
            ContainerMetadata.prototype.attempt = 0;

            /**
             * Creates a new ContainerMetadata instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerMetadata
             * @static
             * @param {runtime.v1.ContainerMetadata.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerMetadata} ContainerMetadata instance
             * @type {{
             *   (properties: runtime.v1.ContainerMetadata.$Shape): runtime.v1.ContainerMetadata & runtime.v1.ContainerMetadata.$Shape;
             *   (properties?: runtime.v1.ContainerMetadata.$Properties): runtime.v1.ContainerMetadata;
             * }}
             */
            ContainerMetadata.create = function(properties) {
                return new ContainerMetadata(properties);
            };

            /**
             * Encodes the specified ContainerMetadata message. Does not implicitly {@link runtime.v1.ContainerMetadata.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerMetadata
             * @static
             * @param {runtime.v1.ContainerMetadata.$Properties} message ContainerMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.attempt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerMetadata & runtime.v1.ContainerMetadata.$Shape} ContainerMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerMetadata.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ContainerMetadata();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContainerMetadata;
        })();

        v1.LinuxContainerSecurityContext = (function() {

            /**
             * Properties of a LinuxContainerSecurityContext.
             * @typedef {Object} runtime.v1.LinuxContainerSecurityContext.$Properties
             * @property {boolean|null} [privileged] LinuxContainerSecurityContext privileged
             * @property {runtime.v1.NamespaceOption.$Properties|null} [namespaceOptions] LinuxContainerSecurityContext namespaceOptions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinuxContainerSecurityContext.
             * @memberof runtime.v1
             * @interface ILinuxContainerSecurityContext
             * @augments runtime.v1.LinuxContainerSecurityContext.$Properties
             * @deprecated Use runtime.v1.LinuxContainerSecurityContext.$Properties instead.
             */

            /**
             * Shape of a LinuxContainerSecurityContext.
             * @typedef {runtime.v1.LinuxContainerSecurityContext.$Properties} runtime.v1.LinuxContainerSecurityContext.$Shape
             */

            /**
             * Constructs a new LinuxContainerSecurityContext.
             * @memberof runtime.v1
             * @classdesc Represents a LinuxContainerSecurityContext.
             * @constructor
             * @param {runtime.v1.LinuxContainerSecurityContext.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinuxContainerSecurityContext = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinuxContainerSecurityContext privileged.
             * @member {boolean} privileged
             * @memberof runtime.v1.LinuxContainerSecurityContext
             * @instance
             */
            LinuxContainerSecurityContext.prototype.privileged = false;

            /**
             * LinuxContainerSecurityContext namespaceOptions.
             * @member {runtime.v1.NamespaceOption.$Properties|null|undefined} namespaceOptions
             * @memberof runtime.v1.LinuxContainerSecurityContext
             * @instance
             */
            LinuxContainerSecurityContext.prototype.namespaceOptions = null;

            /**
             * Creates a new LinuxContainerSecurityContext instance using the specified properties.
             * @function create
             * @memberof runtime.v1.LinuxContainerSecurityContext
             * @static
             * @param {runtime.v1.LinuxContainerSecurityContext.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.LinuxContainerSecurityContext} LinuxContainerSecurityContext instance
             * @type {{
             *   (properties: runtime.v1.LinuxContainerSecurityContext.$Shape): runtime.v1.LinuxContainerSecurityContext & runtime.v1.LinuxContainerSecurityContext.$Shape;
             *   (properties?: runtime.v1.LinuxContainerSecurityContext.$Properties): runtime.v1.LinuxContainerSecurityContext;
             * }}
             */
            LinuxContainerSecurityContext.create = function(properties) {
                return new LinuxContainerSecurityContext(properties);
            };

            /**
             * Encodes the specified LinuxContainerSecurityContext message. Does not implicitly {@link runtime.v1.LinuxContainerSecurityContext.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.LinuxContainerSecurityContext
             * @static
             * @param {runtime.v1.LinuxContainerSecurityContext.$Properties} message LinuxContainerSecurityContext message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinuxContainerSecurityContext.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.privileged != null && $Object.hasOwnProperty.call(message, "privileged") && message.privileged !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.privileged);
                if (message.namespaceOptions != null && $Object.hasOwnProperty.call(message, "namespaceOptions"))
                    $root.runtime.v1.NamespaceOption.encode(message.namespaceOptions, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinuxContainerSecurityContext message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.LinuxContainerSecurityContext
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxContainerSecurityContext & runtime.v1.LinuxContainerSecurityContext.$Shape} LinuxContainerSecurityContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinuxContainerSecurityContext.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.LinuxContainerSecurityContext();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.privileged = value;
                            else
                                delete message.privileged;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.namespaceOptions = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceOptions);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinuxContainerSecurityContext;
        })();

        v1.LinuxContainerConfig = (function() {

            /**
             * Properties of a LinuxContainerConfig.
             * @typedef {Object} runtime.v1.LinuxContainerConfig.$Properties
             * @property {runtime.v1.LinuxContainerSecurityContext.$Properties|null} [securityContext] LinuxContainerConfig securityContext
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinuxContainerConfig.
             * @memberof runtime.v1
             * @interface ILinuxContainerConfig
             * @augments runtime.v1.LinuxContainerConfig.$Properties
             * @deprecated Use runtime.v1.LinuxContainerConfig.$Properties instead.
             */

            /**
             * Shape of a LinuxContainerConfig.
             * @typedef {runtime.v1.LinuxContainerConfig.$Properties} runtime.v1.LinuxContainerConfig.$Shape
             */

            /**
             * Constructs a new LinuxContainerConfig.
             * @memberof runtime.v1
             * @classdesc Represents a LinuxContainerConfig.
             * @constructor
             * @param {runtime.v1.LinuxContainerConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinuxContainerConfig = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinuxContainerConfig securityContext.
             * @member {runtime.v1.LinuxContainerSecurityContext.$Properties|null|undefined} securityContext
             * @memberof runtime.v1.LinuxContainerConfig
             * @instance
             */
            LinuxContainerConfig.prototype.securityContext = null;

            /**
             * Creates a new LinuxContainerConfig instance using the specified properties.
             * @function create
             * @memberof runtime.v1.LinuxContainerConfig
             * @static
             * @param {runtime.v1.LinuxContainerConfig.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.LinuxContainerConfig} LinuxContainerConfig instance
             * @type {{
             *   (properties: runtime.v1.LinuxContainerConfig.$Shape): runtime.v1.LinuxContainerConfig & runtime.v1.LinuxContainerConfig.$Shape;
             *   (properties?: runtime.v1.LinuxContainerConfig.$Properties): runtime.v1.LinuxContainerConfig;
             * }}
             */
            LinuxContainerConfig.create = function(properties) {
                return new LinuxContainerConfig(properties);
            };

            /**
             * Encodes the specified LinuxContainerConfig message. Does not implicitly {@link runtime.v1.LinuxContainerConfig.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.LinuxContainerConfig
             * @static
             * @param {runtime.v1.LinuxContainerConfig.$Properties} message LinuxContainerConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinuxContainerConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.securityContext != null && $Object.hasOwnProperty.call(message, "securityContext"))
                    $root.runtime.v1.LinuxContainerSecurityContext.encode(message.securityContext, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinuxContainerConfig message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.LinuxContainerConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxContainerConfig & runtime.v1.LinuxContainerConfig.$Shape} LinuxContainerConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinuxContainerConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.LinuxContainerConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.securityContext = $root.runtime.v1.LinuxContainerSecurityContext.decode(reader, reader.size(), $undefined, _depth + 1, message.securityContext);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LinuxContainerConfig;
        })();

        v1.ContainerConfig = (function() {

            /**
             * Properties of a ContainerConfig.
             * @typedef {Object} runtime.v1.ContainerConfig.$Properties
             * @property {runtime.v1.ContainerMetadata.$Properties|null} [metadata] ContainerConfig metadata
             * @property {runtime.v1.ImageSpec.$Properties|null} [image] ContainerConfig image
             * @property {Array.<string>|null} [command] Default: the command of the image.
             * @property {Array.<runtime.v1.Mount.$Properties>|null} [mounts] ContainerConfig mounts
             * @property {Object.<string,string>|null} [labels] ContainerConfig labels
             * @property {string|null} [logPath] ContainerConfig logPath
             * @property {runtime.v1.LinuxContainerConfig.$Properties|null} [linux] ContainerConfig linux
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerConfig.
             * @memberof runtime.v1
             * @interface IContainerConfig
             * @augments runtime.v1.ContainerConfig.$Properties
             * @deprecated Use runtime.v1.ContainerConfig.$Properties instead.
             */

            /**
             * Shape of a ContainerConfig.
             * @typedef {runtime.v1.ContainerConfig.$Properties} runtime.v1.ContainerConfig.$Shape
             */

            /**
             * Constructs a new ContainerConfig.
             * @memberof runtime.v1
             * @classdesc Represents a ContainerConfig.
             * @constructor
             * @param {runtime.v1.ContainerConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerConfig = function (properties) {
                this.command = [];
                this.mounts = [];
                this.labels = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContainerConfig metadata.
             * @member {runtime.v1.ContainerMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.metadata = null;

            /**
             * ContainerConfig image.
             * @member {runtime.v1.ImageSpec.$Properties|null|undefined} image
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.image = null;

            /**
             * Default: the command of the image.
             * @member {Array.<string>} command
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.command = $util.emptyArray;

            /**
             * ContainerConfig mounts.
             * @member {Array.<runtime.v1.Mount.$Properties>} mounts
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.mounts = $util.emptyArray;

            /**
             * ContainerConfig labels.
             * @member {Object.<string,string>} labels
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.labels = $util.emptyObject;

            /**
             * ContainerConfig logPath.
             * @member {string} logPath
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.logPath = "";

            /**
             * ContainerConfig linux.
             * @member {runtime.v1.LinuxContainerConfig.$Properties|null|undefined} linux
             * @memberof runtime.v1.ContainerConfig
             * @instance
             */
            ContainerConfig.prototype.linux = null;

            /**
             * Creates a new ContainerConfig instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerConfig
             * @static
             * @param {runtime.v1.ContainerConfig.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerConfig} ContainerConfig instance
             * @type {{
             *   (properties: runtime.v1.ContainerConfig.$Shape): runtime.v1.ContainerConfig & runtime.v1.ContainerConfig.$Shape;
             *   (properties?: runtime.v1.ContainerConfig.$Properties): runtime.v1.ContainerConfig;
             * }}
             */
            ContainerConfig.create = function(properties) {
                return new ContainerConfig(properties);
            };

            /**
             * Encodes the specified ContainerConfig message. Does not implicitly {@link runtime.v1.ContainerConfig.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerConfig
             * @static
             * @param {runtime.v1.ContainerConfig.$Properties} message ContainerConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.command != null && message.command.length)
                    for (let i = 0; i < message.command.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.command[i]);
                if (message.mounts != null && message.mounts.length)
                    for (let i = 0; i < message.mounts.length; ++i)
                        $root.runtime.v1.Mount.encode(message.mounts[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                    for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 9, wireType 2 =*/74).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                if (message.logPath != null && $Object.hasOwnProperty.call(message, "logPath") && message.logPath !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.logPath);
                if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
                    $root.runtime.v1.LinuxContainerConfig.encode(message.linux, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerConfig message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerConfig & runtime.v1.ContainerConfig.$Shape} ContainerConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ContainerConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.command && message.command.length))
                                message.command = [];
                            message.command.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mounts && message.mounts.length))
                                message.mounts = [];
                            message.mounts.push($root.runtime.v1.Mount.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (message.labels === $util.emptyObject)
                                message.labels = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.labels, key);
                            message.labels[key] = value;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.logPath = value;
                            else
                                delete message.logPath;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.linux = $root.runtime.v1.LinuxContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContainerConfig;
        })();

        v1.CreateContainerRequest = (function() {

            /**
             * Properties of a CreateContainerRequest.
             * @typedef {Object} runtime.v1.CreateContainerRequest.$Properties
             * @property {string|null} [podSandboxId] CreateContainerRequest podSandboxId
             * @property {runtime.v1.ContainerConfig.$Properties|null} [config] CreateContainerRequest config
             * @property {runtime.v1.PodSandboxConfig.$Properties|null} [sandboxConfig] CreateContainerRequest sandboxConfig
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateContainerRequest.
             * @memberof runtime.v1
             * @interface ICreateContainerRequest
             * @augments runtime.v1.CreateContainerRequest.$Properties
             * @deprecated Use runtime.v1.CreateContainerRequest.$Properties instead.
             */

            /**
             * Shape of a CreateContainerRequest.
             * @typedef {runtime.v1.CreateContainerRequest.$Properties} runtime.v1.CreateContainerRequest.$Shape
             */

            /**
             * Constructs a new CreateContainerRequest.
             * @memberof runtime.v1
             * @classdesc Represents a CreateContainerRequest.
             * @constructor
             * @param {runtime.v1.CreateContainerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateContainerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateContainerRequest podSandboxId.
             * @member {string} podSandboxId
             * @memberof runtime.v1.CreateContainerRequest
             * @instance
             */
            CreateContainerRequest.prototype.podSandboxId = "";

            /**
             * CreateContainerRequest config.
             * @member {runtime.v1.ContainerConfig.$Properties|null|undefined} config
             * @memberof runtime.v1.CreateContainerRequest
             * @instance
             */
            CreateContainerRequest.prototype.config = null;

            /**
             * CreateContainerRequest sandboxConfig.
             * @member {runtime.v1.PodSandboxConfig.$Properties|null|undefined} sandboxConfig
             * @memberof runtime.v1.CreateContainerRequest
             * @instance
             */
            CreateContainerRequest.prototype.sandboxConfig = null;

            /**
             * Creates a new CreateContainerRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.CreateContainerRequest
             * @static
             * @param {runtime.v1.CreateContainerRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.CreateContainerRequest} CreateContainerRequest instance
             * @type {{
             *   (properties: runtime.v1.CreateContainerRequest.$Shape): runtime.v1.CreateContainerRequest & runtime.v1.CreateContainerRequest.$Shape;
             *   (properties?: runtime.v1.CreateContainerRequest.$Properties): runtime.v1.CreateContainerRequest;
             * }}
             */
            CreateContainerRequest.create = function(properties) {
                return new CreateContainerRequest(properties);
            };

            /**
             * Encodes the specified CreateContainerRequest message. Does not implicitly {@link runtime.v1.CreateContainerRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.CreateContainerRequest
             * @static
             * @param {runtime.v1.CreateContainerRequest.$Properties} message CreateContainerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateContainerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.podSandboxId);
                if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
                    $root.runtime.v1.ContainerConfig.encode(message.config, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.sandboxConfig != null && $Object.hasOwnProperty.call(message, "sandboxConfig"))
                    $root.runtime.v1.PodSandboxConfig.encode(message.sandboxConfig, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateContainerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.CreateContainerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.CreateContainerRequest & runtime.v1.CreateContainerRequest.$Shape} CreateContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateContainerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.CreateContainerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podSandboxId = value;
                            else
                                delete message.podSandboxId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.config = $root.runtime.v1.ContainerConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.sandboxConfig = $root.runtime.v1.PodSandboxConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.sandboxConfig);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateContainerRequest;
        })();

        v1.CreateContainerResponse = (function() {

            /**
             * Properties of a CreateContainerResponse.
             * @typedef {Object} runtime.v1.CreateContainerResponse.$Properties
             * @property {string|null} [containerId] CreateContainerResponse containerId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateContainerResponse.
             * @memberof runtime.v1
             * @interface ICreateContainerResponse
             * @augments runtime.v1.CreateContainerResponse.$Properties
             * @deprecated Use runtime.v1.CreateContainerResponse.$Properties instead.
             */

            /**
             * Shape of a CreateContainerResponse.
             * @typedef {runtime.v1.CreateContainerResponse.$Properties} runtime.v1.CreateContainerResponse.$Shape
             */

            /**
             * Constructs a new CreateContainerResponse.
             * @memberof runtime.v1
             * @classdesc Represents a CreateContainerResponse.
             * @constructor
             * @param {runtime.v1.CreateContainerResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateContainerResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateContainerResponse containerId.
             * @member {string} containerId
             * @memberof runtime.v1.CreateContainerResponse
             * @instance
             */
            CreateContainerResponse.prototype.containerId = "";

            /**
             * Creates a new CreateContainerResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.CreateContainerResponse
             * @static
             * @param {runtime.v1.CreateContainerResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.CreateContainerResponse} CreateContainerResponse instance
             * @type {{
             *   (properties: runtime.v1.CreateContainerResponse.$Shape): runtime.v1.CreateContainerResponse & runtime.v1.CreateContainerResponse.$Shape;
             *   (properties?: runtime.v1.CreateContainerResponse.$Properties): runtime.v1.CreateContainerResponse;
             * }}
             */
            CreateContainerResponse.create = function(properties) {
                return new CreateContainerResponse(properties);
            };

            /**
             * Encodes the specified CreateContainerResponse message. Does not implicitly {@link runtime.v1.CreateContainerResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.CreateContainerResponse
             * @static
             * @param {runtime.v1.CreateContainerResponse.$Properties} message CreateContainerResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateContainerResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateContainerResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.CreateContainerResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.CreateContainerResponse & runtime.v1.CreateContainerResponse.$Shape} CreateContainerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateContainerResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.CreateContainerResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateContainerResponse;
        })();

        v1.StartContainerRequest = (function() {

            /**
             * Properties of a StartContainerRequest.
             * @typedef {Object} runtime.v1.StartContainerRequest.$Properties
             * @property {string|null} [containerId] StartContainerRequest containerId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StartContainerRequest.
             * @memberof runtime.v1
             * @interface IStartContainerRequest
             * @augments runtime.v1.StartContainerRequest.$Properties
             * @deprecated Use runtime.v1.StartContainerRequest.$Properties instead.
             */

            /**
             * Shape of a StartContainerRequest.
             * @typedef {runtime.v1.StartContainerRequest.$Properties} runtime.v1.StartContainerRequest.$Shape
             */

            /**
             * Constructs a new StartContainerRequest.
             * @memberof runtime.v1
             * @classdesc Represents a StartContainerRequest.
             * @constructor
             * @param {runtime.v1.StartContainerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StartContainerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StartContainerRequest containerId.
             * @member {string} containerId
             * @memberof runtime.v1.StartContainerRequest
             * @instance
             */
            StartContainerRequest.prototype.containerId = "";

            /**
             * Creates a new StartContainerRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.StartContainerRequest
             * @static
             * @param {runtime.v1.StartContainerRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.StartContainerRequest} StartContainerRequest instance
             * @type {{
             *   (properties: runtime.v1.StartContainerRequest.$Shape): runtime.v1.StartContainerRequest & runtime.v1.StartContainerRequest.$Shape;
             *   (properties?: runtime.v1.StartContainerRequest.$Properties): runtime.v1.StartContainerRequest;
             * }}
             */
            StartContainerRequest.create = function(properties) {
                return new StartContainerRequest(properties);
            };

            /**
             * Encodes the specified StartContainerRequest message. Does not implicitly {@link runtime.v1.StartContainerRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.StartContainerRequest
             * @static
             * @param {runtime.v1.StartContainerRequest.$Properties} message StartContainerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StartContainerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StartContainerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.StartContainerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.StartContainerRequest & runtime.v1.StartContainerRequest.$Shape} StartContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StartContainerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.StartContainerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StartContainerRequest;
        })();

        v1.ContainerStatusRequest = (function() {

            /**
             * Properties of a ContainerStatusRequest.
             * @typedef {Object} runtime.v1.ContainerStatusRequest.$Properties
             * @property {string|null} [containerId] ContainerStatusRequest containerId
             * @property {boolean|null} [verbose] Requests `info` in the response.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerStatusRequest.
             * @memberof runtime.v1
             * @interface IContainerStatusRequest
             * @augments runtime.v1.ContainerStatusRequest.$Properties
             * @deprecated Use runtime.v1.ContainerStatusRequest.$Properties instead.
             */

            /**
             * Shape of a ContainerStatusRequest.
             * @typedef {runtime.v1.ContainerStatusRequest.$Properties} runtime.v1.ContainerStatusRequest.$Shape
             */

            /**
             * Constructs a new ContainerStatusRequest.
             * @memberof runtime.v1
             * @classdesc Represents a ContainerStatusRequest.
             * @constructor
             * @param {runtime.v1.ContainerStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContainerStatusRequest containerId.
             * @member {string} containerId
             * @memberof runtime.v1.ContainerStatusRequest
             * @instance
             */
            ContainerStatusRequest.prototype.containerId = "";

            /**
             * Requests `info` in the response.
             * @member {boolean} verbose
             * @memberof runtime.v1.ContainerStatusRequest
             * @instance
             */
            ContainerStatusRequest.prototype.verbose = false;

            /**
             * Creates a new ContainerStatusRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerStatusRequest
             * @static
             * @param {runtime.v1.ContainerStatusRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerStatusRequest} ContainerStatusRequest instance
             * @type {{
             *   (properties: runtime.v1.ContainerStatusRequest.$Shape): runtime.v1.ContainerStatusRequest & runtime.v1.ContainerStatusRequest.$Shape;
             *   (properties?: runtime.v1.ContainerStatusRequest.$Properties): runtime.v1.ContainerStatusRequest;
             * }}
             */
            ContainerStatusRequest.create = function(properties) {
                return new ContainerStatusRequest(properties);
            };

            /**
             * Encodes the specified ContainerStatusRequest message. Does not implicitly {@link runtime.v1.ContainerStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerStatusRequest
             * @static
             * @param {runtime.v1.ContainerStatusRequest.$Properties} message ContainerStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerStatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.verbose);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatusRequest & runtime.v1.ContainerStatusRequest.$Shape} ContainerStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerStatusRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ContainerStatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.verbose = value;
                            else
                                delete message.verbose;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContainerStatusRequest;
        })();

        v1.ContainerStatusResponse = (function() {

            /**
             * Properties of a ContainerStatusResponse.
             * @typedef {Object} runtime.v1.ContainerStatusResponse.$Properties
             * @property {Object.<string,string>|null} [info] containerd returns one JSON text as "info"; its `pid` is that of the first process.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerStatusResponse.
             * @memberof runtime.v1
             * @interface IContainerStatusResponse
             * @augments runtime.v1.ContainerStatusResponse.$Properties
             * @deprecated Use runtime.v1.ContainerStatusResponse.$Properties instead.
             */

            /**
             * Shape of a ContainerStatusResponse.
             * @typedef {runtime.v1.ContainerStatusResponse.$Properties} runtime.v1.ContainerStatusResponse.$Shape
             */

            /**
             * Constructs a new ContainerStatusResponse.
             * @memberof runtime.v1
             * @classdesc Represents a ContainerStatusResponse.
             * @constructor
             * @param {runtime.v1.ContainerStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerStatusResponse = function (properties) {
                this.info = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * containerd returns one JSON text as "info"; its `pid` is that of the first process.
             * @member {Object.<string,string>} info
             * @memberof runtime.v1.ContainerStatusResponse
             * @instance
             */
            ContainerStatusResponse.prototype.info = $util.emptyObject;

            /**
             * Creates a new ContainerStatusResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerStatusResponse
             * @static
             * @param {runtime.v1.ContainerStatusResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerStatusResponse} ContainerStatusResponse instance
             * @type {{
             *   (properties: runtime.v1.ContainerStatusResponse.$Shape): runtime.v1.ContainerStatusResponse & runtime.v1.ContainerStatusResponse.$Shape;
             *   (properties?: runtime.v1.ContainerStatusResponse.$Properties): runtime.v1.ContainerStatusResponse;
             * }}
             */
            ContainerStatusResponse.create = function(properties) {
                return new ContainerStatusResponse(properties);
            };

            /**
             * Encodes the specified ContainerStatusResponse message. Does not implicitly {@link runtime.v1.ContainerStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerStatusResponse
             * @static
             * @param {runtime.v1.ContainerStatusResponse.$Properties} message ContainerStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.info[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatusResponse & runtime.v1.ContainerStatusResponse.$Shape} ContainerStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerStatusResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ContainerStatusResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (message.info === $util.emptyObject)
                                message.info = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.info, key);
                            message.info[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContainerStatusResponse;
        })();

        v1.ExecSyncRequest = (function() {

            /**
             * Properties of an ExecSyncRequest.
             * @typedef {Object} runtime.v1.ExecSyncRequest.$Properties
             * @property {string|null} [containerId] ExecSyncRequest containerId
             * @property {Array.<string>|null} [cmd] ExecSyncRequest cmd
             * @property {number|null} [timeout] Seconds; 0 means no timeout.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ExecSyncRequest.
             * @memberof runtime.v1
             * @interface IExecSyncRequest
             * @augments runtime.v1.ExecSyncRequest.$Properties
             * @deprecated Use runtime.v1.ExecSyncRequest.$Properties instead.
             */

            /**
             * Shape of an ExecSyncRequest.
             * @typedef {runtime.v1.ExecSyncRequest.$Properties} runtime.v1.ExecSyncRequest.$Shape
             */

            /**
             * Constructs a new ExecSyncRequest.
             * @memberof runtime.v1
             * @classdesc Represents an ExecSyncRequest.
             * @constructor
             * @param {runtime.v1.ExecSyncRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ExecSyncRequest = function (properties) {
                this.cmd = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ExecSyncRequest containerId.
             * @member {string} containerId
             * @memberof runtime.v1.ExecSyncRequest
             * @instance
             */
            ExecSyncRequest.prototype.containerId = "";

            /**
             * ExecSyncRequest cmd.
             * @member {Array.<string>} cmd
             * @memberof runtime.v1.ExecSyncRequest
             * @instance
             */
            ExecSyncRequest.prototype.cmd = $util.emptyArray;

            /**
             * Seconds; 0 means no timeout.
             * @member {number} timeout
             * @memberof runtime.v1.ExecSyncRequest
             * @instance
             */
            ExecSyncRequest.prototype.timeout = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new ExecSyncRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ExecSyncRequest
             * @static
             * @param {runtime.v1.ExecSyncRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ExecSyncRequest} ExecSyncRequest instance
             * @type {{
             *   (properties: runtime.v1.ExecSyncRequest.$Shape): runtime.v1.ExecSyncRequest & runtime.v1.ExecSyncRequest.$Shape;
             *   (properties?: runtime.v1.ExecSyncRequest.$Properties): runtime.v1.ExecSyncRequest;
             * }}
             */
            ExecSyncRequest.create = function(properties) {
                return new ExecSyncRequest(properties);
            };

            /**
             * Encodes the specified ExecSyncRequest message. Does not implicitly {@link runtime.v1.ExecSyncRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ExecSyncRequest
             * @static
             * @param {runtime.v1.ExecSyncRequest.$Properties} message ExecSyncRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ExecSyncRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.cmd != null && message.cmd.length)
                    for (let i = 0; i < message.cmd.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.cmd[i]);
                if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout") && (typeof message.timeout === "object" ? message.timeout.low || message.timeout.high : message.timeout !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.timeout);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ExecSyncRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ExecSyncRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ExecSyncRequest & runtime.v1.ExecSyncRequest.$Shape} ExecSyncRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ExecSyncRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ExecSyncRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.cmd && message.cmd.length))
                                message.cmd = [];
                            message.cmd.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.timeout = value;
                            else
                                delete message.timeout;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ExecSyncRequest;
        })();

        v1.ExecSyncResponse = (function() {

            /**
             * Properties of an ExecSyncResponse.
             * @typedef {Object} runtime.v1.ExecSyncResponse.$Properties
             * @property {Uint8Array|null} [stdout] ExecSyncResponse stdout
             * @property {Uint8Array|null} [stderr] ExecSyncResponse stderr
             * @property {number|null} [exitCode] ExecSyncResponse exitCode
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ExecSyncResponse.
             * @memberof runtime.v1
             * @interface IExecSyncResponse
             * @augments runtime.v1.ExecSyncResponse.$Properties
             * @deprecated Use runtime.v1.ExecSyncResponse.$Properties instead.
             */

            /**
             * Shape of an ExecSyncResponse.
             * @typedef {runtime.v1.ExecSyncResponse.$Properties} runtime.v1.ExecSyncResponse.$Shape
             */

            /**
             * Constructs a new ExecSyncResponse.
             * @memberof runtime.v1
             * @classdesc Represents an ExecSyncResponse.
             * @constructor
             * @param {runtime.v1.ExecSyncResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ExecSyncResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ExecSyncResponse stdout.
             * @member {Uint8Array} stdout
             * @memberof runtime.v1.ExecSyncResponse
             * @instance
             */
            ExecSyncResponse.prototype.stdout = $util.newBuffer([]);

            /**
             * ExecSyncResponse stderr.
             * @member {Uint8Array} stderr
             * @memberof runtime.v1.ExecSyncResponse
             * @instance
             */
            ExecSyncResponse.prototype.stderr = $util.newBuffer([]);

            /**
             * ExecSyncResponse exitCode.
             * @member {number} exitCode
             * @memberof runtime.v1.ExecSyncResponse
             * @instance
             */
            ExecSyncResponse.prototype.exitCode = 0;

            /**
             * Creates a new ExecSyncResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ExecSyncResponse
             * @static
             * @param {runtime.v1.ExecSyncResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ExecSyncResponse} ExecSyncResponse instance
             * @type {{
             *   (properties: runtime.v1.ExecSyncResponse.$Shape): runtime.v1.ExecSyncResponse & runtime.v1.ExecSyncResponse.$Shape;
             *   (properties?: runtime.v1.ExecSyncResponse.$Properties): runtime.v1.ExecSyncResponse;
             * }}
             */
            ExecSyncResponse.create = function(properties) {
                return new ExecSyncResponse(properties);
            };

            /**
             * Encodes the specified ExecSyncResponse message. Does not implicitly {@link runtime.v1.ExecSyncResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ExecSyncResponse
             * @static
             * @param {runtime.v1.ExecSyncResponse.$Properties} message ExecSyncResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ExecSyncResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.stdout);
                if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.stderr);
                if (message.exitCode != null && $Object.hasOwnProperty.call(message, "exitCode") && message.exitCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.exitCode);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ExecSyncResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ExecSyncResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ExecSyncResponse & runtime.v1.ExecSyncResponse.$Shape} ExecSyncResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ExecSyncResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ExecSyncResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.stdout = value;
                            else
                                delete message.stdout;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.stderr = value;
                            else
                                delete message.stderr;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.exitCode = value;
                            else
                                delete message.exitCode;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ExecSyncResponse;
        })();

        v1.ImageStatusRequest = (function() {

            /**
             * Properties of an ImageStatusRequest.
             * @typedef {Object} runtime.v1.ImageStatusRequest.$Properties
             * @property {runtime.v1.ImageSpec.$Properties|null} [image] ImageStatusRequest image
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ImageStatusRequest.
             * @memberof runtime.v1
             * @interface IImageStatusRequest
             * @augments runtime.v1.ImageStatusRequest.$Properties
             * @deprecated Use runtime.v1.ImageStatusRequest.$Properties instead.
             */

            /**
             * Shape of an ImageStatusRequest.
             * @typedef {runtime.v1.ImageStatusRequest.$Properties} runtime.v1.ImageStatusRequest.$Shape
             */

            /**
             * Constructs a new ImageStatusRequest.
             * @memberof runtime.v1
             * @classdesc Represents an ImageStatusRequest.
             * @constructor
             * @param {runtime.v1.ImageStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ImageStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ImageStatusRequest image.
             * @member {runtime.v1.ImageSpec.$Properties|null|undefined} image
             * @memberof runtime.v1.ImageStatusRequest
             * @instance
             */
            ImageStatusRequest.prototype.image = null;

            /**
             * Creates a new ImageStatusRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ImageStatusRequest
             * @static
             * @param {runtime.v1.ImageStatusRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ImageStatusRequest} ImageStatusRequest instance
             * @type {{
             *   (properties: runtime.v1.ImageStatusRequest.$Shape): runtime.v1.ImageStatusRequest & runtime.v1.ImageStatusRequest.$Shape;
             *   (properties?: runtime.v1.ImageStatusRequest.$Properties): runtime.v1.ImageStatusRequest;
             * }}
             */
            ImageStatusRequest.create = function(properties) {
                return new ImageStatusRequest(properties);
            };

            /**
             * Encodes the specified ImageStatusRequest message. Does not implicitly {@link runtime.v1.ImageStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ImageStatusRequest
             * @static
             * @param {runtime.v1.ImageStatusRequest.$Properties} message ImageStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ImageStatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ImageStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ImageStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ImageStatusRequest & runtime.v1.ImageStatusRequest.$Shape} ImageStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ImageStatusRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ImageStatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ImageStatusRequest;
        })();

        v1.Image = (function() {

            /**
             * Properties of an Image.
             * @typedef {Object} runtime.v1.Image.$Properties
             * @property {string|null} [id] Image id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Image.
             * @memberof runtime.v1
             * @interface IImage
             * @augments runtime.v1.Image.$Properties
             * @deprecated Use runtime.v1.Image.$Properties instead.
             */

            /**
             * Shape of an Image.
             * @typedef {runtime.v1.Image.$Properties} runtime.v1.Image.$Shape
             */

            /**
             * Constructs a new Image.
             * @memberof runtime.v1
             * @classdesc Represents an Image.
             * @constructor
             * @param {runtime.v1.Image.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Image = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Image id.
             * @member {string} id
             * @memberof runtime.v1.Image
             * @instance
             */
            Image.prototype.id = "";

            /**
             * Creates a new Image instance using the specified properties.
             * @function create
             * @memberof runtime.v1.Image
             * @static
             * @param {runtime.v1.Image.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.Image} Image instance
             * @type {{
             *   (properties: runtime.v1.Image.$Shape): runtime.v1.Image & runtime.v1.Image.$Shape;
             *   (properties?: runtime.v1.Image.$Properties): runtime.v1.Image;
             * }}
             */
            Image.create = function(properties) {
                return new Image(properties);
            };

            /**
             * Encodes the specified Image message. Does not implicitly {@link runtime.v1.Image.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.Image
             * @static
             * @param {runtime.v1.Image.$Properties} message Image message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Image.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Image message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.Image
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.Image & runtime.v1.Image.$Shape} Image
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Image.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.Image();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Image;
        })();

        v1.ImageStatusResponse = (function() {

            /**
             * Properties of an ImageStatusResponse.
             * @typedef {Object} runtime.v1.ImageStatusResponse.$Properties
             * @property {runtime.v1.Image.$Properties|null} [image] Missing when the runtime does not have the image.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ImageStatusResponse.
             * @memberof runtime.v1
             * @interface IImageStatusResponse
             * @augments runtime.v1.ImageStatusResponse.$Properties
             * @deprecated Use runtime.v1.ImageStatusResponse.$Properties instead.
             */

            /**
             * Shape of an ImageStatusResponse.
             * @typedef {runtime.v1.ImageStatusResponse.$Properties} runtime.v1.ImageStatusResponse.$Shape
             */

            /**
             * Constructs a new ImageStatusResponse.
             * @memberof runtime.v1
             * @classdesc Represents an ImageStatusResponse.
             * @constructor
             * @param {runtime.v1.ImageStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ImageStatusResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Missing when the runtime does not have the image.
             * @member {runtime.v1.Image.$Properties|null|undefined} image
             * @memberof runtime.v1.ImageStatusResponse
             * @instance
             */
            ImageStatusResponse.prototype.image = null;

            /**
             * Creates a new ImageStatusResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ImageStatusResponse
             * @static
             * @param {runtime.v1.ImageStatusResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ImageStatusResponse} ImageStatusResponse instance
             * @type {{
             *   (properties: runtime.v1.ImageStatusResponse.$Shape): runtime.v1.ImageStatusResponse & runtime.v1.ImageStatusResponse.$Shape;
             *   (properties?: runtime.v1.ImageStatusResponse.$Properties): runtime.v1.ImageStatusResponse;
             * }}
             */
            ImageStatusResponse.create = function(properties) {
                return new ImageStatusResponse(properties);
            };

            /**
             * Encodes the specified ImageStatusResponse message. Does not implicitly {@link runtime.v1.ImageStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ImageStatusResponse
             * @static
             * @param {runtime.v1.ImageStatusResponse.$Properties} message ImageStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ImageStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    $root.runtime.v1.Image.encode(message.image, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ImageStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ImageStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ImageStatusResponse & runtime.v1.ImageStatusResponse.$Shape} ImageStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ImageStatusResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.runtime.v1.ImageStatusResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.image = $root.runtime.v1.Image.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ImageStatusResponse;
        })();

        return v1;
    })();

    return runtime;
})();

export {
  $root as default
};
