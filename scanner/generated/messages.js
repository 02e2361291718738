/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["scanner"] || ($protobuf.roots["scanner"] = {});

export const containerd = $root.containerd = (() => {

    /**
     * Namespace containerd.
     * @exports containerd
     * @namespace
     */
    const containerd = {};

    containerd.services = (function() {

        /**
         * Namespace services.
         * @memberof containerd
         * @namespace
         */
        const services = {};

        services.events = (function() {

            /**
             * Namespace events.
             * @memberof containerd.services
             * @namespace
             */
            const events = {};

            events.v1 = (function() {

                /**
                 * Namespace v1.
                 * @memberof containerd.services.events
                 * @namespace
                 */
                const v1 = {};

                v1.SubscribeRequest = (function() {

                    /**
                     * Properties of a SubscribeRequest.
                     * @typedef {Object} containerd.services.events.v1.SubscribeRequest.$Properties
                     * @property {Array.<string>|null} [filters] Only events that match one of these filters are sent; empty: all events.
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */

                    /**
                     * Properties of a SubscribeRequest.
                     * @memberof containerd.services.events.v1
                     * @interface ISubscribeRequest
                     * @augments containerd.services.events.v1.SubscribeRequest.$Properties
                     * @deprecated Use containerd.services.events.v1.SubscribeRequest.$Properties instead.
                     */

                    /**
                     * Shape of a SubscribeRequest.
                     * @typedef {containerd.services.events.v1.SubscribeRequest.$Properties} containerd.services.events.v1.SubscribeRequest.$Shape
                     */

                    /**
                     * Constructs a new SubscribeRequest.
                     * @memberof containerd.services.events.v1
                     * @classdesc Subscribes to events.
                     * @constructor
                     * @param {containerd.services.events.v1.SubscribeRequest.$Properties=} [properties] Properties to set
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */
                    const SubscribeRequest = function (properties) {
                        this.filters = [];
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    /**
                     * Only events that match one of these filters are sent; empty: all events.
                     * @member {Array.<string>} filters
                     * @memberof containerd.services.events.v1.SubscribeRequest
                     * @instance
                     */
                    SubscribeRequest.prototype.filters = $util.emptyArray;

                    /**
                     * Creates a new SubscribeRequest instance using the specified properties.
                     * @function create
                     * @memberof containerd.services.events.v1.SubscribeRequest
                     * @static
                     * @param {containerd.services.events.v1.SubscribeRequest.$Properties=} [properties] Properties to set
                     * @returns {containerd.services.events.v1.SubscribeRequest} SubscribeRequest instance
                     * @type {{
                     *   (properties: containerd.services.events.v1.SubscribeRequest.$Shape): containerd.services.events.v1.SubscribeRequest & containerd.services.events.v1.SubscribeRequest.$Shape;
                     *   (properties?: containerd.services.events.v1.SubscribeRequest.$Properties): containerd.services.events.v1.SubscribeRequest;
                     * }}
                     */
                    SubscribeRequest.create = function(properties) {
                        return new SubscribeRequest(properties);
                    };

                    /**
                     * Encodes the specified SubscribeRequest message. Does not implicitly {@link containerd.services.events.v1.SubscribeRequest.verify|verify} messages.
                     * @function encode
                     * @memberof containerd.services.events.v1.SubscribeRequest
                     * @static
                     * @param {containerd.services.events.v1.SubscribeRequest.$Properties} message SubscribeRequest message or plain object to encode
                     * @param {$protobuf.Writer} [writer] Writer to encode to
                     * @returns {$protobuf.Writer} Writer
                     */
                    SubscribeRequest.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.filters != null && message.filters.length)
                            for (let i = 0; i < message.filters.length; ++i)
                                writer.uint32(/* id 1, wireType 2 =*/10).string(message.filters[i]);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    /**
                     * Decodes a SubscribeRequest message from the specified reader or buffer.
                     * @function decode
                     * @memberof containerd.services.events.v1.SubscribeRequest
                     * @static
                     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                     * @param {number} [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.SubscribeRequest & containerd.services.events.v1.SubscribeRequest.$Shape} SubscribeRequest
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    SubscribeRequest.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.containerd.services.events.v1.SubscribeRequest();
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
                                    if (!(message.filters && message.filters.length))
                                        message.filters = [];
                                    message.filters.push(reader.stringVerify());
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

                    return SubscribeRequest;
                })();

                v1.Envelope = (function() {

                    /**
                     * Properties of an Envelope.
                     * @typedef {Object} containerd.services.events.v1.Envelope.$Properties
                     * @property {string|null} [namespace] Namespace of containerd, "k8s.io" for containers of the CRI.
                     * @property {string|null} [topic] Kind of event, such as "/tasks/start".
                     * @property {containerd.services.events.v1.EventBody.$Properties|null} [event] The event itself.
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */

                    /**
                     * Properties of an Envelope.
                     * @memberof containerd.services.events.v1
                     * @interface IEnvelope
                     * @augments containerd.services.events.v1.Envelope.$Properties
                     * @deprecated Use containerd.services.events.v1.Envelope.$Properties instead.
                     */

                    /**
                     * Shape of an Envelope.
                     * @typedef {containerd.services.events.v1.Envelope.$Properties} containerd.services.events.v1.Envelope.$Shape
                     */

                    /**
                     * Constructs a new Envelope.
                     * @memberof containerd.services.events.v1
                     * @classdesc An event.
                     * @constructor
                     * @param {containerd.services.events.v1.Envelope.$Properties=} [properties] Properties to set
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */
                    const Envelope = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    /**
                     * Namespace of containerd, "k8s.io" for containers of the CRI.
                     * @member {string} namespace
                     * @memberof containerd.services.events.v1.Envelope
                     * @instance
                     */
                    Envelope.prototype.namespace = "";

                    /**
                     * Kind of event, such as "/tasks/start".
                     * @member {string} topic
                     * @memberof containerd.services.events.v1.Envelope
                     * @instance
                     */
                    Envelope.prototype.topic = "";

                    /**
                     * The event itself.
                     * @member {containerd.services.events.v1.EventBody.$Properties|null|undefined} event
                     * @memberof containerd.services.events.v1.Envelope
                     * @instance
                     */
                    Envelope.prototype.event = null;

                    /**
                     * Creates a new Envelope instance using the specified properties.
                     * @function create
                     * @memberof containerd.services.events.v1.Envelope
                     * @static
                     * @param {containerd.services.events.v1.Envelope.$Properties=} [properties] Properties to set
                     * @returns {containerd.services.events.v1.Envelope} Envelope instance
                     * @type {{
                     *   (properties: containerd.services.events.v1.Envelope.$Shape): containerd.services.events.v1.Envelope & containerd.services.events.v1.Envelope.$Shape;
                     *   (properties?: containerd.services.events.v1.Envelope.$Properties): containerd.services.events.v1.Envelope;
                     * }}
                     */
                    Envelope.create = function(properties) {
                        return new Envelope(properties);
                    };

                    /**
                     * Encodes the specified Envelope message. Does not implicitly {@link containerd.services.events.v1.Envelope.verify|verify} messages.
                     * @function encode
                     * @memberof containerd.services.events.v1.Envelope
                     * @static
                     * @param {containerd.services.events.v1.Envelope.$Properties} message Envelope message or plain object to encode
                     * @param {$protobuf.Writer} [writer] Writer to encode to
                     * @returns {$protobuf.Writer} Writer
                     */
                    Envelope.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                        if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.topic);
                        if (message.event != null && $Object.hasOwnProperty.call(message, "event"))
                            $root.containerd.services.events.v1.EventBody.encode(message.event, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    /**
                     * Decodes an Envelope message from the specified reader or buffer.
                     * @function decode
                     * @memberof containerd.services.events.v1.Envelope
                     * @static
                     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                     * @param {number} [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.Envelope & containerd.services.events.v1.Envelope.$Shape} Envelope
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    Envelope.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.containerd.services.events.v1.Envelope();
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
                                        message.namespace = value;
                                    else
                                        delete message.namespace;
                                    continue;
                                }
                            case 3: {
                                    if (wireType !== 2)
                                        break;
                                    if ((value = reader.stringVerify()).length)
                                        message.topic = value;
                                    else
                                        delete message.topic;
                                    continue;
                                }
                            case 4: {
                                    if (wireType !== 2)
                                        break;
                                    message.event = $root.containerd.services.events.v1.EventBody.decode(reader, reader.size(), $undefined, _depth + 1, message.event);
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

                    return Envelope;
                })();

                v1.EventBody = (function() {

                    /**
                     * Properties of an EventBody.
                     * @typedef {Object} containerd.services.events.v1.EventBody.$Properties
                     * @property {Uint8Array|null} [value] A TaskEvent for the topics that we subscribe to.
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */

                    /**
                     * Properties of an EventBody.
                     * @memberof containerd.services.events.v1
                     * @interface IEventBody
                     * @augments containerd.services.events.v1.EventBody.$Properties
                     * @deprecated Use containerd.services.events.v1.EventBody.$Properties instead.
                     */

                    /**
                     * Shape of an EventBody.
                     * @typedef {containerd.services.events.v1.EventBody.$Properties} containerd.services.events.v1.EventBody.$Shape
                     */

                    /**
                     * Constructs a new EventBody.
                     * @memberof containerd.services.events.v1
                     * @classdesc Encoded event, `google.protobuf.Any` on the wire.
                     * @constructor
                     * @param {containerd.services.events.v1.EventBody.$Properties=} [properties] Properties to set
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */
                    const EventBody = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    /**
                     * A TaskEvent for the topics that we subscribe to.
                     * @member {Uint8Array} value
                     * @memberof containerd.services.events.v1.EventBody
                     * @instance
                     */
                    EventBody.prototype.value = $util.newBuffer([]);

                    /**
                     * Creates a new EventBody instance using the specified properties.
                     * @function create
                     * @memberof containerd.services.events.v1.EventBody
                     * @static
                     * @param {containerd.services.events.v1.EventBody.$Properties=} [properties] Properties to set
                     * @returns {containerd.services.events.v1.EventBody} EventBody instance
                     * @type {{
                     *   (properties: containerd.services.events.v1.EventBody.$Shape): containerd.services.events.v1.EventBody & containerd.services.events.v1.EventBody.$Shape;
                     *   (properties?: containerd.services.events.v1.EventBody.$Properties): containerd.services.events.v1.EventBody;
                     * }}
                     */
                    EventBody.create = function(properties) {
                        return new EventBody(properties);
                    };

                    /**
                     * Encodes the specified EventBody message. Does not implicitly {@link containerd.services.events.v1.EventBody.verify|verify} messages.
                     * @function encode
                     * @memberof containerd.services.events.v1.EventBody
                     * @static
                     * @param {containerd.services.events.v1.EventBody.$Properties} message EventBody message or plain object to encode
                     * @param {$protobuf.Writer} [writer] Writer to encode to
                     * @returns {$protobuf.Writer} Writer
                     */
                    EventBody.encode = function (message, writer, _depth) {
                        if (!writer)
                            writer = $Writer.create();
                        if (_depth === $undefined)
                            _depth = 0;
                        if (_depth > $util.recursionLimit)
                            throw $Error("max depth exceeded");
                        if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                            for (let i = 0; i < message.$unknowns.length; ++i)
                                writer.raw(message.$unknowns[i]);
                        return writer;
                    };

                    /**
                     * Decodes an EventBody message from the specified reader or buffer.
                     * @function decode
                     * @memberof containerd.services.events.v1.EventBody
                     * @static
                     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                     * @param {number} [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.EventBody & containerd.services.events.v1.EventBody.$Shape} EventBody
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    EventBody.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.containerd.services.events.v1.EventBody();
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
                                    if ((value = reader.bytes()).length)
                                        message.value = value;
                                    else
                                        delete message.value;
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

                    return EventBody;
                })();

                v1.TaskEvent = (function() {

                    /**
                     * Properties of a TaskEvent.
                     * @typedef {Object} containerd.services.events.v1.TaskEvent.$Properties
                     * @property {string|null} [containerId] Id of the container.
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */

                    /**
                     * Properties of a TaskEvent.
                     * @memberof containerd.services.events.v1
                     * @interface ITaskEvent
                     * @augments containerd.services.events.v1.TaskEvent.$Properties
                     * @deprecated Use containerd.services.events.v1.TaskEvent.$Properties instead.
                     */

                    /**
                     * Shape of a TaskEvent.
                     * @typedef {containerd.services.events.v1.TaskEvent.$Properties} containerd.services.events.v1.TaskEvent.$Shape
                     */

                    /**
                     * Constructs a new TaskEvent.
                     * @memberof containerd.services.events.v1
                     * @classdesc Common fields of TaskStart and TaskDelete.
                     * @constructor
                     * @param {containerd.services.events.v1.TaskEvent.$Properties=} [properties] Properties to set
                     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                     */
                    const TaskEvent = function (properties) {
                        if (properties)
                            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                    this[keys[i]] = properties[keys[i]];
                    };

                    /**
                     * Id of the container.
                     * @member {string} containerId
                     * @memberof containerd.services.events.v1.TaskEvent
                     * @instance
                     */
                    TaskEvent.prototype.containerId = "";

                    /**
                     * Creates a new TaskEvent instance using the specified properties.
                     * @function create
                     * @memberof containerd.services.events.v1.TaskEvent
                     * @static
                     * @param {containerd.services.events.v1.TaskEvent.$Properties=} [properties] Properties to set
                     * @returns {containerd.services.events.v1.TaskEvent} TaskEvent instance
                     * @type {{
                     *   (properties: containerd.services.events.v1.TaskEvent.$Shape): containerd.services.events.v1.TaskEvent & containerd.services.events.v1.TaskEvent.$Shape;
                     *   (properties?: containerd.services.events.v1.TaskEvent.$Properties): containerd.services.events.v1.TaskEvent;
                     * }}
                     */
                    TaskEvent.create = function(properties) {
                        return new TaskEvent(properties);
                    };

                    /**
                     * Encodes the specified TaskEvent message. Does not implicitly {@link containerd.services.events.v1.TaskEvent.verify|verify} messages.
                     * @function encode
                     * @memberof containerd.services.events.v1.TaskEvent
                     * @static
                     * @param {containerd.services.events.v1.TaskEvent.$Properties} message TaskEvent message or plain object to encode
                     * @param {$protobuf.Writer} [writer] Writer to encode to
                     * @returns {$protobuf.Writer} Writer
                     */
                    TaskEvent.encode = function (message, writer, _depth) {
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
                     * Decodes a TaskEvent message from the specified reader or buffer.
                     * @function decode
                     * @memberof containerd.services.events.v1.TaskEvent
                     * @static
                     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                     * @param {number} [length] Message length if known beforehand
                     * @returns {containerd.services.events.v1.TaskEvent & containerd.services.events.v1.TaskEvent.$Shape} TaskEvent
                     * @throws {Error} If the payload is not a reader or valid buffer
                     * @throws {$protobuf.util.ProtocolError} If required fields are missing
                     */
                    TaskEvent.decode = function (reader, length, _end, _depth, _target) {
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
                        message = _target || new $root.containerd.services.events.v1.TaskEvent();
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

                    return TaskEvent;
                })();

                return v1;
            })();

            return events;
        })();

        return services;
    })();

    return containerd;
})();

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
             * @classdesc Requests the version of the runtime.
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
             * @property {string|null} [runtimeName] "containerd", "cri-o", "docker" (cri-dockerd).
             * @property {string|null} [runtimeVersion] Version of the runtime.
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
             * @classdesc Name and version of the runtime.
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
             * "containerd", "cri-o", "docker" (cri-dockerd).
             * @member {string} runtimeName
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeName = "";

            /**
             * Version of the runtime.
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
         * State of a container.
         * @name runtime.v1.ContainerState
         * @enum {number}
         * @property {number} CONTAINER_CREATED=0 CONTAINER_CREATED value
         * @property {number} CONTAINER_RUNNING=1 CONTAINER_RUNNING value
         * @property {number} CONTAINER_EXITED=2 CONTAINER_EXITED value
         * @property {number} CONTAINER_UNKNOWN=3 CONTAINER_UNKNOWN value
         */
        v1.ContainerState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CONTAINER_CREATED"] = 0;
            values[valuesById[1] = "CONTAINER_RUNNING"] = 1;
            values[valuesById[2] = "CONTAINER_EXITED"] = 2;
            values[valuesById[3] = "CONTAINER_UNKNOWN"] = 3;
            return values;
        })();

        v1.ContainerStateValue = (function() {

            /**
             * Properties of a ContainerStateValue.
             * @typedef {Object} runtime.v1.ContainerStateValue.$Properties
             * @property {runtime.v1.ContainerState|null} [state] The state.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerStateValue.
             * @memberof runtime.v1
             * @interface IContainerStateValue
             * @augments runtime.v1.ContainerStateValue.$Properties
             * @deprecated Use runtime.v1.ContainerStateValue.$Properties instead.
             */

            /**
             * Shape of a ContainerStateValue.
             * @typedef {runtime.v1.ContainerStateValue.$Properties} runtime.v1.ContainerStateValue.$Shape
             */

            /**
             * Constructs a new ContainerStateValue.
             * @memberof runtime.v1
             * @classdesc Optional state of a filter.
             * @constructor
             * @param {runtime.v1.ContainerStateValue.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerStateValue = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The state.
             * @member {runtime.v1.ContainerState} state
             * @memberof runtime.v1.ContainerStateValue
             * @instance
             */
            ContainerStateValue.prototype.state = 0;

            /**
             * Creates a new ContainerStateValue instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerStateValue
             * @static
             * @param {runtime.v1.ContainerStateValue.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerStateValue} ContainerStateValue instance
             * @type {{
             *   (properties: runtime.v1.ContainerStateValue.$Shape): runtime.v1.ContainerStateValue & runtime.v1.ContainerStateValue.$Shape;
             *   (properties?: runtime.v1.ContainerStateValue.$Properties): runtime.v1.ContainerStateValue;
             * }}
             */
            ContainerStateValue.create = function(properties) {
                return new ContainerStateValue(properties);
            };

            /**
             * Encodes the specified ContainerStateValue message. Does not implicitly {@link runtime.v1.ContainerStateValue.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerStateValue
             * @static
             * @param {runtime.v1.ContainerStateValue.$Properties} message ContainerStateValue message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerStateValue.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.state);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerStateValue message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerStateValue
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStateValue & runtime.v1.ContainerStateValue.$Shape} ContainerStateValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerStateValue.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ContainerStateValue();
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
                                message.state = value;
                            else
                                delete message.state;
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

            return ContainerStateValue;
        })();

        v1.ContainerFilter = (function() {

            /**
             * Properties of a ContainerFilter.
             * @typedef {Object} runtime.v1.ContainerFilter.$Properties
             * @property {runtime.v1.ContainerStateValue.$Properties|null} [state] Only containers in this state.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerFilter.
             * @memberof runtime.v1
             * @interface IContainerFilter
             * @augments runtime.v1.ContainerFilter.$Properties
             * @deprecated Use runtime.v1.ContainerFilter.$Properties instead.
             */

            /**
             * Shape of a ContainerFilter.
             * @typedef {runtime.v1.ContainerFilter.$Properties} runtime.v1.ContainerFilter.$Shape
             */

            /**
             * Constructs a new ContainerFilter.
             * @memberof runtime.v1
             * @classdesc Filter for a list of containers.
             * @constructor
             * @param {runtime.v1.ContainerFilter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerFilter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Only containers in this state.
             * @member {runtime.v1.ContainerStateValue.$Properties|null|undefined} state
             * @memberof runtime.v1.ContainerFilter
             * @instance
             */
            ContainerFilter.prototype.state = null;

            /**
             * Creates a new ContainerFilter instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerFilter
             * @static
             * @param {runtime.v1.ContainerFilter.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerFilter} ContainerFilter instance
             * @type {{
             *   (properties: runtime.v1.ContainerFilter.$Shape): runtime.v1.ContainerFilter & runtime.v1.ContainerFilter.$Shape;
             *   (properties?: runtime.v1.ContainerFilter.$Properties): runtime.v1.ContainerFilter;
             * }}
             */
            ContainerFilter.create = function(properties) {
                return new ContainerFilter(properties);
            };

            /**
             * Encodes the specified ContainerFilter message. Does not implicitly {@link runtime.v1.ContainerFilter.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerFilter
             * @static
             * @param {runtime.v1.ContainerFilter.$Properties} message ContainerFilter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerFilter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    $root.runtime.v1.ContainerStateValue.encode(message.state, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerFilter message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerFilter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerFilter & runtime.v1.ContainerFilter.$Shape} ContainerFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerFilter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ContainerFilter();
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
                            message.state = $root.runtime.v1.ContainerStateValue.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
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

            return ContainerFilter;
        })();

        v1.ListContainersRequest = (function() {

            /**
             * Properties of a ListContainersRequest.
             * @typedef {Object} runtime.v1.ListContainersRequest.$Properties
             * @property {runtime.v1.ContainerFilter.$Properties|null} [filter] Undefined: all containers.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListContainersRequest.
             * @memberof runtime.v1
             * @interface IListContainersRequest
             * @augments runtime.v1.ListContainersRequest.$Properties
             * @deprecated Use runtime.v1.ListContainersRequest.$Properties instead.
             */

            /**
             * Shape of a ListContainersRequest.
             * @typedef {runtime.v1.ListContainersRequest.$Properties} runtime.v1.ListContainersRequest.$Shape
             */

            /**
             * Constructs a new ListContainersRequest.
             * @memberof runtime.v1
             * @classdesc Requests a list of containers, without infrastructure containers of pods.
             * @constructor
             * @param {runtime.v1.ListContainersRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListContainersRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Undefined: all containers.
             * @member {runtime.v1.ContainerFilter.$Properties|null|undefined} filter
             * @memberof runtime.v1.ListContainersRequest
             * @instance
             */
            ListContainersRequest.prototype.filter = null;

            /**
             * Creates a new ListContainersRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ListContainersRequest
             * @static
             * @param {runtime.v1.ListContainersRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ListContainersRequest} ListContainersRequest instance
             * @type {{
             *   (properties: runtime.v1.ListContainersRequest.$Shape): runtime.v1.ListContainersRequest & runtime.v1.ListContainersRequest.$Shape;
             *   (properties?: runtime.v1.ListContainersRequest.$Properties): runtime.v1.ListContainersRequest;
             * }}
             */
            ListContainersRequest.create = function(properties) {
                return new ListContainersRequest(properties);
            };

            /**
             * Encodes the specified ListContainersRequest message. Does not implicitly {@link runtime.v1.ListContainersRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListContainersRequest
             * @static
             * @param {runtime.v1.ListContainersRequest.$Properties} message ListContainersRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListContainersRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
                    $root.runtime.v1.ContainerFilter.encode(message.filter, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListContainersRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListContainersRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListContainersRequest & runtime.v1.ListContainersRequest.$Shape} ListContainersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListContainersRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ListContainersRequest();
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
                            message.filter = $root.runtime.v1.ContainerFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
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

            return ListContainersRequest;
        })();

        v1.Container = (function() {

            /**
             * Properties of a Container.
             * @typedef {Object} runtime.v1.Container.$Properties
             * @property {string|null} [id] Its id.
             * @property {string|null} [podSandboxId] Id of its pod's infrastructure container.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Container.
             * @memberof runtime.v1
             * @interface IContainer
             * @augments runtime.v1.Container.$Properties
             * @deprecated Use runtime.v1.Container.$Properties instead.
             */

            /**
             * Shape of a Container.
             * @typedef {runtime.v1.Container.$Properties} runtime.v1.Container.$Shape
             */

            /**
             * Constructs a new Container.
             * @memberof runtime.v1
             * @classdesc A container in a list.
             * @constructor
             * @param {runtime.v1.Container.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Container = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Its id.
             * @member {string} id
             * @memberof runtime.v1.Container
             * @instance
             */
            Container.prototype.id = "";

            /**
             * Id of its pod's infrastructure container.
             * @member {string} podSandboxId
             * @memberof runtime.v1.Container
             * @instance
             */
            Container.prototype.podSandboxId = "";

            /**
             * Creates a new Container instance using the specified properties.
             * @function create
             * @memberof runtime.v1.Container
             * @static
             * @param {runtime.v1.Container.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.Container} Container instance
             * @type {{
             *   (properties: runtime.v1.Container.$Shape): runtime.v1.Container & runtime.v1.Container.$Shape;
             *   (properties?: runtime.v1.Container.$Properties): runtime.v1.Container;
             * }}
             */
            Container.create = function(properties) {
                return new Container(properties);
            };

            /**
             * Encodes the specified Container message. Does not implicitly {@link runtime.v1.Container.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.Container
             * @static
             * @param {runtime.v1.Container.$Properties} message Container message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Container.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.podSandboxId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Container message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.Container
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.Container & runtime.v1.Container.$Shape} Container
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Container.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.Container();
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
                    case 2: {
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

            return Container;
        })();

        v1.ListContainersResponse = (function() {

            /**
             * Properties of a ListContainersResponse.
             * @typedef {Object} runtime.v1.ListContainersResponse.$Properties
             * @property {Array.<runtime.v1.Container.$Properties>|null} [containers] The containers.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListContainersResponse.
             * @memberof runtime.v1
             * @interface IListContainersResponse
             * @augments runtime.v1.ListContainersResponse.$Properties
             * @deprecated Use runtime.v1.ListContainersResponse.$Properties instead.
             */

            /**
             * Shape of a ListContainersResponse.
             * @typedef {runtime.v1.ListContainersResponse.$Properties} runtime.v1.ListContainersResponse.$Shape
             */

            /**
             * Constructs a new ListContainersResponse.
             * @memberof runtime.v1
             * @classdesc List of containers.
             * @constructor
             * @param {runtime.v1.ListContainersResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListContainersResponse = function (properties) {
                this.containers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The containers.
             * @member {Array.<runtime.v1.Container.$Properties>} containers
             * @memberof runtime.v1.ListContainersResponse
             * @instance
             */
            ListContainersResponse.prototype.containers = $util.emptyArray;

            /**
             * Creates a new ListContainersResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ListContainersResponse
             * @static
             * @param {runtime.v1.ListContainersResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ListContainersResponse} ListContainersResponse instance
             * @type {{
             *   (properties: runtime.v1.ListContainersResponse.$Shape): runtime.v1.ListContainersResponse & runtime.v1.ListContainersResponse.$Shape;
             *   (properties?: runtime.v1.ListContainersResponse.$Properties): runtime.v1.ListContainersResponse;
             * }}
             */
            ListContainersResponse.create = function(properties) {
                return new ListContainersResponse(properties);
            };

            /**
             * Encodes the specified ListContainersResponse message. Does not implicitly {@link runtime.v1.ListContainersResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListContainersResponse
             * @static
             * @param {runtime.v1.ListContainersResponse.$Properties} message ListContainersResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListContainersResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containers != null && message.containers.length)
                    for (let i = 0; i < message.containers.length; ++i)
                        $root.runtime.v1.Container.encode(message.containers[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListContainersResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListContainersResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListContainersResponse & runtime.v1.ListContainersResponse.$Shape} ListContainersResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListContainersResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ListContainersResponse();
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
                            if (!(message.containers && message.containers.length))
                                message.containers = [];
                            message.containers.push($root.runtime.v1.Container.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ListContainersResponse;
        })();

        v1.ContainerMetadata = (function() {

            /**
             * Properties of a ContainerMetadata.
             * @typedef {Object} runtime.v1.ContainerMetadata.$Properties
             * @property {string|null} [name] The name.
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
             * @classdesc Name of a container in its pod.
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
             * The name.
             * @member {string} name
             * @memberof runtime.v1.ContainerMetadata
             * @instance
             */
            ContainerMetadata.prototype.name = "";

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

        v1.ImageSpec = (function() {

            /**
             * Properties of an ImageSpec.
             * @typedef {Object} runtime.v1.ImageSpec.$Properties
             * @property {string|null} [image] Name or id.
             * @property {string|null} [userSpecifiedImage] Name in the pod's specification; newer runtimes only.
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
             * @classdesc An image.
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
             * Name or id.
             * @member {string} image
             * @memberof runtime.v1.ImageSpec
             * @instance
             */
            ImageSpec.prototype.image = "";

            /**
             * Name in the pod's specification; newer runtimes only.
             * @member {string} userSpecifiedImage
             * @memberof runtime.v1.ImageSpec
             * @instance
             */
            ImageSpec.prototype.userSpecifiedImage = "";

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
                if (message.userSpecifiedImage != null && $Object.hasOwnProperty.call(message, "userSpecifiedImage") && message.userSpecifiedImage !== "")
                    writer.uint32(/* id 18, wireType 2 =*/146).string(message.userSpecifiedImage);
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
                    case 18: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.userSpecifiedImage = value;
                            else
                                delete message.userSpecifiedImage;
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
             * @property {string|null} [containerPath] Path in the container.
             * @property {string|null} [hostPath] Path on the node.
             * @property {boolean|null} [readonly] True when the container cannot write to it.
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
             * @classdesc A mount of a container.
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
             * Path in the container.
             * @member {string} containerPath
             * @memberof runtime.v1.Mount
             * @instance
             */
            Mount.prototype.containerPath = "";

            /**
             * Path on the node.
             * @member {string} hostPath
             * @memberof runtime.v1.Mount
             * @instance
             */
            Mount.prototype.hostPath = "";

            /**
             * True when the container cannot write to it.
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

        v1.ContainerStatusRequest = (function() {

            /**
             * Properties of a ContainerStatusRequest.
             * @typedef {Object} runtime.v1.ContainerStatusRequest.$Properties
             * @property {string|null} [containerId] Its id.
             * @property {boolean|null} [verbose] True to include `info`.
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
             * @classdesc Requests one container.
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
             * Its id.
             * @member {string} containerId
             * @memberof runtime.v1.ContainerStatusRequest
             * @instance
             */
            ContainerStatusRequest.prototype.containerId = "";

            /**
             * True to include `info`.
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

        v1.ContainerStatus = (function() {

            /**
             * Properties of a ContainerStatus.
             * @typedef {Object} runtime.v1.ContainerStatus.$Properties
             * @property {string|null} [id] Its id.
             * @property {runtime.v1.ContainerMetadata.$Properties|null} [metadata] Its name.
             * @property {runtime.v1.ContainerState|null} [state] Its state.
             * @property {number|null} [startedAt] Start, Unix time in nanoseconds.
             * @property {runtime.v1.ImageSpec.$Properties|null} [image] Image as named by the pod or the runtime.
             * @property {string|null} [imageRef] "<name>@<digest>", or the id of an image without a digest.
             * @property {Object.<string,string>|null} [labels] Labels; Kubernetes stores pod, namespace and UID here.
             * @property {Array.<runtime.v1.Mount.$Properties>|null} [mounts] Volumes and files that the pod mounts.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerStatus.
             * @memberof runtime.v1
             * @interface IContainerStatus
             * @augments runtime.v1.ContainerStatus.$Properties
             * @deprecated Use runtime.v1.ContainerStatus.$Properties instead.
             */

            /**
             * Shape of a ContainerStatus.
             * @typedef {runtime.v1.ContainerStatus.$Properties} runtime.v1.ContainerStatus.$Shape
             */

            /**
             * Constructs a new ContainerStatus.
             * @memberof runtime.v1
             * @classdesc A container.
             * @constructor
             * @param {runtime.v1.ContainerStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerStatus = function (properties) {
                this.labels = {};
                this.mounts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Its id.
             * @member {string} id
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.id = "";

            /**
             * Its name.
             * @member {runtime.v1.ContainerMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.metadata = null;

            /**
             * Its state.
             * @member {runtime.v1.ContainerState} state
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.state = 0;

            /**
             * Start, Unix time in nanoseconds.
             * @member {number} startedAt
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.startedAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Image as named by the pod or the runtime.
             * @member {runtime.v1.ImageSpec.$Properties|null|undefined} image
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.image = null;

            /**
             * "<name>@<digest>", or the id of an image without a digest.
             * @member {string} imageRef
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.imageRef = "";

            /**
             * Labels; Kubernetes stores pod, namespace and UID here.
             * @member {Object.<string,string>} labels
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.labels = $util.emptyObject;

            /**
             * Volumes and files that the pod mounts.
             * @member {Array.<runtime.v1.Mount.$Properties>} mounts
             * @memberof runtime.v1.ContainerStatus
             * @instance
             */
            ContainerStatus.prototype.mounts = $util.emptyArray;

            /**
             * Creates a new ContainerStatus instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerStatus
             * @static
             * @param {runtime.v1.ContainerStatus.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerStatus} ContainerStatus instance
             * @type {{
             *   (properties: runtime.v1.ContainerStatus.$Shape): runtime.v1.ContainerStatus & runtime.v1.ContainerStatus.$Shape;
             *   (properties?: runtime.v1.ContainerStatus.$Properties): runtime.v1.ContainerStatus;
             * }}
             */
            ContainerStatus.create = function(properties) {
                return new ContainerStatus(properties);
            };

            /**
             * Encodes the specified ContainerStatus message. Does not implicitly {@link runtime.v1.ContainerStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerStatus
             * @static
             * @param {runtime.v1.ContainerStatus.$Properties} message ContainerStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.ContainerMetadata.encode(message.metadata, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.state);
                if (message.startedAt != null && $Object.hasOwnProperty.call(message, "startedAt") && (typeof message.startedAt === "object" ? message.startedAt.low || message.startedAt.high : message.startedAt !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.startedAt);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    $root.runtime.v1.ImageSpec.encode(message.image, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.imageRef != null && $Object.hasOwnProperty.call(message, "imageRef") && message.imageRef !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.imageRef);
                if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                    for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 12, wireType 2 =*/98).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                if (message.mounts != null && message.mounts.length)
                    for (let i = 0; i < message.mounts.length; ++i)
                        $root.runtime.v1.Mount.encode(message.mounts[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerStatus & runtime.v1.ContainerStatus.$Shape} ContainerStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ContainerStatus();
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
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.runtime.v1.ContainerMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAt = value;
                            else
                                delete message.startedAt;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.image = $root.runtime.v1.ImageSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.image);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.imageRef = value;
                            else
                                delete message.imageRef;
                            continue;
                        }
                    case 12: {
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
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mounts && message.mounts.length))
                                message.mounts = [];
                            message.mounts.push($root.runtime.v1.Mount.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ContainerStatus;
        })();

        v1.ContainerStatusResponse = (function() {

            /**
             * Properties of a ContainerStatusResponse.
             * @typedef {Object} runtime.v1.ContainerStatusResponse.$Properties
             * @property {runtime.v1.ContainerStatus.$Properties|null} [status] The container.
             * @property {Object.<string,string>|null} [info] Runtime-specific JSON by name; "info" contains pid, snapshotter and runtimeSpec.
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
             * @classdesc Response with one container.
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
             * The container.
             * @member {runtime.v1.ContainerStatus.$Properties|null|undefined} status
             * @memberof runtime.v1.ContainerStatusResponse
             * @instance
             */
            ContainerStatusResponse.prototype.status = null;

            /**
             * Runtime-specific JSON by name; "info" contains pid, snapshotter and runtimeSpec.
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
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.runtime.v1.ContainerStatus.encode(message.status, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
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
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.runtime.v1.ContainerStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            continue;
                        }
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

        v1.ImageStatusRequest = (function() {

            /**
             * Properties of an ImageStatusRequest.
             * @typedef {Object} runtime.v1.ImageStatusRequest.$Properties
             * @property {runtime.v1.ImageSpec.$Properties|null} [image] Its name, digest or id.
             * @property {boolean|null} [verbose] True to include `info`.
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
             * @classdesc Requests one image.
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
             * Its name, digest or id.
             * @member {runtime.v1.ImageSpec.$Properties|null|undefined} image
             * @memberof runtime.v1.ImageStatusRequest
             * @instance
             */
            ImageStatusRequest.prototype.image = null;

            /**
             * True to include `info`.
             * @member {boolean} verbose
             * @memberof runtime.v1.ImageStatusRequest
             * @instance
             */
            ImageStatusRequest.prototype.verbose = false;

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
                if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.verbose);
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

            return ImageStatusRequest;
        })();

        v1.ImageStatusResponse = (function() {

            /**
             * Properties of an ImageStatusResponse.
             * @typedef {Object} runtime.v1.ImageStatusResponse.$Properties
             * @property {Object.<string,string>|null} [info] Runtime-specific JSON by name; "info" contains imageSpec.
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
             * @classdesc Response with one image.
             * @constructor
             * @param {runtime.v1.ImageStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ImageStatusResponse = function (properties) {
                this.info = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Runtime-specific JSON by name; "info" contains imageSpec.
             * @member {Object.<string,string>} info
             * @memberof runtime.v1.ImageStatusResponse
             * @instance
             */
            ImageStatusResponse.prototype.info = $util.emptyObject;

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
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.info[keys[i]]).ldelim();
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

            return ImageStatusResponse;
        })();

        v1.PodSandboxStatusRequest = (function() {

            /**
             * Properties of a PodSandboxStatusRequest.
             * @typedef {Object} runtime.v1.PodSandboxStatusRequest.$Properties
             * @property {string|null} [podSandboxId] Id of its infrastructure container.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatusRequest.
             * @memberof runtime.v1
             * @interface IPodSandboxStatusRequest
             * @augments runtime.v1.PodSandboxStatusRequest.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatusRequest.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatusRequest.
             * @typedef {runtime.v1.PodSandboxStatusRequest.$Properties} runtime.v1.PodSandboxStatusRequest.$Shape
             */

            /**
             * Constructs a new PodSandboxStatusRequest.
             * @memberof runtime.v1
             * @classdesc Requests one pod.
             * @constructor
             * @param {runtime.v1.PodSandboxStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of its infrastructure container.
             * @member {string} podSandboxId
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @instance
             */
            PodSandboxStatusRequest.prototype.podSandboxId = "";

            /**
             * Creates a new PodSandboxStatusRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @static
             * @param {runtime.v1.PodSandboxStatusRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxStatusRequest} PodSandboxStatusRequest instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxStatusRequest.$Shape): runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape;
             *   (properties?: runtime.v1.PodSandboxStatusRequest.$Properties): runtime.v1.PodSandboxStatusRequest;
             * }}
             */
            PodSandboxStatusRequest.create = function(properties) {
                return new PodSandboxStatusRequest(properties);
            };

            /**
             * Encodes the specified PodSandboxStatusRequest message. Does not implicitly {@link runtime.v1.PodSandboxStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @static
             * @param {runtime.v1.PodSandboxStatusRequest.$Properties} message PodSandboxStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatusRequest.encode = function (message, writer, _depth) {
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
             * Decodes a PodSandboxStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape} PodSandboxStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatusRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatusRequest();
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

            return PodSandboxStatusRequest;
        })();

        v1.PodSandboxNetworkStatus = (function() {

            /**
             * Properties of a PodSandboxNetworkStatus.
             * @typedef {Object} runtime.v1.PodSandboxNetworkStatus.$Properties
             * @property {string|null} [ip] Its first address; empty when it uses the node's network.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxNetworkStatus.
             * @memberof runtime.v1
             * @interface IPodSandboxNetworkStatus
             * @augments runtime.v1.PodSandboxNetworkStatus.$Properties
             * @deprecated Use runtime.v1.PodSandboxNetworkStatus.$Properties instead.
             */

            /**
             * Shape of a PodSandboxNetworkStatus.
             * @typedef {runtime.v1.PodSandboxNetworkStatus.$Properties} runtime.v1.PodSandboxNetworkStatus.$Shape
             */

            /**
             * Constructs a new PodSandboxNetworkStatus.
             * @memberof runtime.v1
             * @classdesc Network of a pod.
             * @constructor
             * @param {runtime.v1.PodSandboxNetworkStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxNetworkStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Its first address; empty when it uses the node's network.
             * @member {string} ip
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @instance
             */
            PodSandboxNetworkStatus.prototype.ip = "";

            /**
             * Creates a new PodSandboxNetworkStatus instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @static
             * @param {runtime.v1.PodSandboxNetworkStatus.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxNetworkStatus} PodSandboxNetworkStatus instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxNetworkStatus.$Shape): runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape;
             *   (properties?: runtime.v1.PodSandboxNetworkStatus.$Properties): runtime.v1.PodSandboxNetworkStatus;
             * }}
             */
            PodSandboxNetworkStatus.create = function(properties) {
                return new PodSandboxNetworkStatus(properties);
            };

            /**
             * Encodes the specified PodSandboxNetworkStatus message. Does not implicitly {@link runtime.v1.PodSandboxNetworkStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @static
             * @param {runtime.v1.PodSandboxNetworkStatus.$Properties} message PodSandboxNetworkStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxNetworkStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.ip);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxNetworkStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape} PodSandboxNetworkStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxNetworkStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxNetworkStatus();
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
                                message.ip = value;
                            else
                                delete message.ip;
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

            return PodSandboxNetworkStatus;
        })();

        v1.PodSandboxMetadata = (function() {

            /**
             * Properties of a PodSandboxMetadata.
             * @typedef {Object} runtime.v1.PodSandboxMetadata.$Properties
             * @property {string|null} [name] Name of the pod.
             * @property {string|null} [uid] UID of the pod.
             * @property {string|null} [namespace] Namespace of the pod.
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
             * @classdesc Name of a pod.
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
             * Name of the pod.
             * @member {string} name
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.name = "";

            /**
             * UID of the pod.
             * @member {string} uid
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.uid = "";

            /**
             * Namespace of the pod.
             * @member {string} namespace
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.namespace = "";

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

        v1.PodSandboxStatus = (function() {

            /**
             * Properties of a PodSandboxStatus.
             * @typedef {Object} runtime.v1.PodSandboxStatus.$Properties
             * @property {runtime.v1.PodSandboxMetadata.$Properties|null} [metadata] Its name.
             * @property {runtime.v1.PodSandboxNetworkStatus.$Properties|null} [network] Its network.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatus.
             * @memberof runtime.v1
             * @interface IPodSandboxStatus
             * @augments runtime.v1.PodSandboxStatus.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatus.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatus.
             * @typedef {runtime.v1.PodSandboxStatus.$Properties} runtime.v1.PodSandboxStatus.$Shape
             */

            /**
             * Constructs a new PodSandboxStatus.
             * @memberof runtime.v1
             * @classdesc A pod.
             * @constructor
             * @param {runtime.v1.PodSandboxStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Its name.
             * @member {runtime.v1.PodSandboxMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.metadata = null;

            /**
             * Its network.
             * @member {runtime.v1.PodSandboxNetworkStatus.$Properties|null|undefined} network
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.network = null;

            /**
             * Creates a new PodSandboxStatus instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxStatus
             * @static
             * @param {runtime.v1.PodSandboxStatus.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxStatus} PodSandboxStatus instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxStatus.$Shape): runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape;
             *   (properties?: runtime.v1.PodSandboxStatus.$Properties): runtime.v1.PodSandboxStatus;
             * }}
             */
            PodSandboxStatus.create = function(properties) {
                return new PodSandboxStatus(properties);
            };

            /**
             * Encodes the specified PodSandboxStatus message. Does not implicitly {@link runtime.v1.PodSandboxStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatus
             * @static
             * @param {runtime.v1.PodSandboxStatus.$Properties} message PodSandboxStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.network != null && $Object.hasOwnProperty.call(message, "network"))
                    $root.runtime.v1.PodSandboxNetworkStatus.encode(message.network, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape} PodSandboxStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatus();
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
                            message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.network = $root.runtime.v1.PodSandboxNetworkStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.network);
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

            return PodSandboxStatus;
        })();

        v1.PodSandboxStatusResponse = (function() {

            /**
             * Properties of a PodSandboxStatusResponse.
             * @typedef {Object} runtime.v1.PodSandboxStatusResponse.$Properties
             * @property {runtime.v1.PodSandboxStatus.$Properties|null} [status] The pod.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatusResponse.
             * @memberof runtime.v1
             * @interface IPodSandboxStatusResponse
             * @augments runtime.v1.PodSandboxStatusResponse.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatusResponse.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatusResponse.
             * @typedef {runtime.v1.PodSandboxStatusResponse.$Properties} runtime.v1.PodSandboxStatusResponse.$Shape
             */

            /**
             * Constructs a new PodSandboxStatusResponse.
             * @memberof runtime.v1
             * @classdesc Response with one pod.
             * @constructor
             * @param {runtime.v1.PodSandboxStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatusResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The pod.
             * @member {runtime.v1.PodSandboxStatus.$Properties|null|undefined} status
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @instance
             */
            PodSandboxStatusResponse.prototype.status = null;

            /**
             * Creates a new PodSandboxStatusResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @static
             * @param {runtime.v1.PodSandboxStatusResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.PodSandboxStatusResponse} PodSandboxStatusResponse instance
             * @type {{
             *   (properties: runtime.v1.PodSandboxStatusResponse.$Shape): runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape;
             *   (properties?: runtime.v1.PodSandboxStatusResponse.$Properties): runtime.v1.PodSandboxStatusResponse;
             * }}
             */
            PodSandboxStatusResponse.create = function(properties) {
                return new PodSandboxStatusResponse(properties);
            };

            /**
             * Encodes the specified PodSandboxStatusResponse message. Does not implicitly {@link runtime.v1.PodSandboxStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @static
             * @param {runtime.v1.PodSandboxStatusResponse.$Properties} message PodSandboxStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.runtime.v1.PodSandboxStatus.encode(message.status, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape} PodSandboxStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatusResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatusResponse();
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
                            message.status = $root.runtime.v1.PodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
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

            return PodSandboxStatusResponse;
        })();

        v1.GetEventsRequest = (function() {

            /**
             * Properties of a GetEventsRequest.
             * @typedef {Object} runtime.v1.GetEventsRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetEventsRequest.
             * @memberof runtime.v1
             * @interface IGetEventsRequest
             * @augments runtime.v1.GetEventsRequest.$Properties
             * @deprecated Use runtime.v1.GetEventsRequest.$Properties instead.
             */

            /**
             * Shape of a GetEventsRequest.
             * @typedef {runtime.v1.GetEventsRequest.$Properties} runtime.v1.GetEventsRequest.$Shape
             */

            /**
             * Constructs a new GetEventsRequest.
             * @memberof runtime.v1
             * @classdesc Subscribes to events of containers.
             * @constructor
             * @param {runtime.v1.GetEventsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetEventsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new GetEventsRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.GetEventsRequest
             * @static
             * @param {runtime.v1.GetEventsRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.GetEventsRequest} GetEventsRequest instance
             * @type {{
             *   (properties: runtime.v1.GetEventsRequest.$Shape): runtime.v1.GetEventsRequest & runtime.v1.GetEventsRequest.$Shape;
             *   (properties?: runtime.v1.GetEventsRequest.$Properties): runtime.v1.GetEventsRequest;
             * }}
             */
            GetEventsRequest.create = function(properties) {
                return new GetEventsRequest(properties);
            };

            /**
             * Encodes the specified GetEventsRequest message. Does not implicitly {@link runtime.v1.GetEventsRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.GetEventsRequest
             * @static
             * @param {runtime.v1.GetEventsRequest.$Properties} message GetEventsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetEventsRequest.encode = function (message, writer, _depth) {
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
             * Decodes a GetEventsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.GetEventsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.GetEventsRequest & runtime.v1.GetEventsRequest.$Shape} GetEventsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetEventsRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.GetEventsRequest();
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

            return GetEventsRequest;
        })();

        v1.ListPodSandboxRequest = (function() {

            /**
             * Properties of a ListPodSandboxRequest.
             * @typedef {Object} runtime.v1.ListPodSandboxRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListPodSandboxRequest.
             * @memberof runtime.v1
             * @interface IListPodSandboxRequest
             * @augments runtime.v1.ListPodSandboxRequest.$Properties
             * @deprecated Use runtime.v1.ListPodSandboxRequest.$Properties instead.
             */

            /**
             * Shape of a ListPodSandboxRequest.
             * @typedef {runtime.v1.ListPodSandboxRequest.$Properties} runtime.v1.ListPodSandboxRequest.$Shape
             */

            /**
             * Constructs a new ListPodSandboxRequest.
             * @memberof runtime.v1
             * @classdesc Lists infrastructure containers.
             * @constructor
             * @param {runtime.v1.ListPodSandboxRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListPodSandboxRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ListPodSandboxRequest instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ListPodSandboxRequest
             * @static
             * @param {runtime.v1.ListPodSandboxRequest.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ListPodSandboxRequest} ListPodSandboxRequest instance
             * @type {{
             *   (properties: runtime.v1.ListPodSandboxRequest.$Shape): runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape;
             *   (properties?: runtime.v1.ListPodSandboxRequest.$Properties): runtime.v1.ListPodSandboxRequest;
             * }}
             */
            ListPodSandboxRequest.create = function(properties) {
                return new ListPodSandboxRequest(properties);
            };

            /**
             * Encodes the specified ListPodSandboxRequest message. Does not implicitly {@link runtime.v1.ListPodSandboxRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListPodSandboxRequest
             * @static
             * @param {runtime.v1.ListPodSandboxRequest.$Properties} message ListPodSandboxRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPodSandboxRequest.encode = function (message, writer, _depth) {
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
             * Decodes a ListPodSandboxRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListPodSandboxRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape} ListPodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ListPodSandboxRequest();
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

            return ListPodSandboxRequest;
        })();

        v1.PodSandbox = (function() {

            /**
             * Properties of a PodSandbox.
             * @typedef {Object} runtime.v1.PodSandbox.$Properties
             * @property {string|null} [id] Its id.
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
             * @classdesc An infrastructure container.
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
             * Its id.
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
             * @property {Array.<runtime.v1.PodSandbox.$Properties>|null} [items] The infrastructure containers.
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
             * @classdesc The infrastructure containers of all pods.
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
             * The infrastructure containers.
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

        v1.ContainerEventResponse = (function() {

            /**
             * Properties of a ContainerEventResponse.
             * @typedef {Object} runtime.v1.ContainerEventResponse.$Properties
             * @property {string|null} [containerId] The container or infrastructure container that changed.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerEventResponse.
             * @memberof runtime.v1
             * @interface IContainerEventResponse
             * @augments runtime.v1.ContainerEventResponse.$Properties
             * @deprecated Use runtime.v1.ContainerEventResponse.$Properties instead.
             */

            /**
             * Shape of a ContainerEventResponse.
             * @typedef {runtime.v1.ContainerEventResponse.$Properties} runtime.v1.ContainerEventResponse.$Shape
             */

            /**
             * Constructs a new ContainerEventResponse.
             * @memberof runtime.v1
             * @classdesc Event of a container.
             * @constructor
             * @param {runtime.v1.ContainerEventResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerEventResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The container or infrastructure container that changed.
             * @member {string} containerId
             * @memberof runtime.v1.ContainerEventResponse
             * @instance
             */
            ContainerEventResponse.prototype.containerId = "";

            /**
             * Creates a new ContainerEventResponse instance using the specified properties.
             * @function create
             * @memberof runtime.v1.ContainerEventResponse
             * @static
             * @param {runtime.v1.ContainerEventResponse.$Properties=} [properties] Properties to set
             * @returns {runtime.v1.ContainerEventResponse} ContainerEventResponse instance
             * @type {{
             *   (properties: runtime.v1.ContainerEventResponse.$Shape): runtime.v1.ContainerEventResponse & runtime.v1.ContainerEventResponse.$Shape;
             *   (properties?: runtime.v1.ContainerEventResponse.$Properties): runtime.v1.ContainerEventResponse;
             * }}
             */
            ContainerEventResponse.create = function(properties) {
                return new ContainerEventResponse(properties);
            };

            /**
             * Encodes the specified ContainerEventResponse message. Does not implicitly {@link runtime.v1.ContainerEventResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ContainerEventResponse
             * @static
             * @param {runtime.v1.ContainerEventResponse.$Properties} message ContainerEventResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerEventResponse.encode = function (message, writer, _depth) {
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
             * Decodes a ContainerEventResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ContainerEventResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ContainerEventResponse & runtime.v1.ContainerEventResponse.$Shape} ContainerEventResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerEventResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ContainerEventResponse();
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

            return ContainerEventResponse;
        })();

        return v1;
    })();

    return runtime;
})();

export {
  $root as default
};
