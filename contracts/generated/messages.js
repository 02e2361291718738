/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["contracts"] || ($protobuf.roots["contracts"] = {});

export const guardimesh = $root.guardimesh = (() => {

    /**
     * Namespace guardimesh.
     * @exports guardimesh
     * @namespace
     */
    const guardimesh = {};

    guardimesh.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof guardimesh
         * @namespace
         */
        const v1 = {};

        /**
         * How a file was detected, or the origin of the file.
         * @name guardimesh.v1.ScanSource
         * @enum {number}
         * @property {number} SCAN_SOURCE_UNSPECIFIED=0 Not set; rejected by the backend.
         * @property {number} SCAN_SOURCE_UPPERDIR=1 A file in the writable layer of a container, found by walking the layer.
         * @property {number} SCAN_SOURCE_IMAGE_LAYER=2 A file in a layer of the image.
         * @property {number} SCAN_SOURCE_VOLUME=3 A file on a volume that a pod mounts.
         * @property {number} SCAN_SOURCE_DRIFT=4 A running executable that is missing from the image or differs from the one in the image.
         * @property {number} SCAN_SOURCE_DELETED_BINARY=5 The executable of a running process whose file was removed.
         * @property {number} SCAN_SOURCE_DELETED_LIBRARY=6 A library that a running process has mapped and whose file was removed.
         * @property {number} SCAN_SOURCE_MEMFD=7 An executable that exists in anonymous memory only (memfd_create).
         * @property {number} SCAN_SOURCE_OBFUSCATION=8 A file that rules, entropy or a model classify as packed or obfuscated.
         * @property {number} SCAN_SOURCE_REALTIME=9 A file that was scanned after a container wrote or executed it.
         * @property {number} SCAN_SOURCE_ON_DEMAND=10 A file that was scanned because a user requested it.
         * @property {number} SCAN_SOURCE_RETRO_HUNT=11 Content with an earlier sighting whose hash was imported later. Created by the backend; no node reports it.
         */
        v1.ScanSource = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SCAN_SOURCE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SCAN_SOURCE_UPPERDIR"] = 1;
            values[valuesById[2] = "SCAN_SOURCE_IMAGE_LAYER"] = 2;
            values[valuesById[3] = "SCAN_SOURCE_VOLUME"] = 3;
            values[valuesById[4] = "SCAN_SOURCE_DRIFT"] = 4;
            values[valuesById[5] = "SCAN_SOURCE_DELETED_BINARY"] = 5;
            values[valuesById[6] = "SCAN_SOURCE_DELETED_LIBRARY"] = 6;
            values[valuesById[7] = "SCAN_SOURCE_MEMFD"] = 7;
            values[valuesById[8] = "SCAN_SOURCE_OBFUSCATION"] = 8;
            values[valuesById[9] = "SCAN_SOURCE_REALTIME"] = 9;
            values[valuesById[10] = "SCAN_SOURCE_ON_DEMAND"] = 10;
            values[valuesById[11] = "SCAN_SOURCE_RETRO_HUNT"] = 11;
            return values;
        })();

        /**
         * Severity of a finding.
         * @name guardimesh.v1.Severity
         * @enum {number}
         * @property {number} SEVERITY_UNSPECIFIED=0 Not set; rejected by the backend.
         * @property {number} SEVERITY_INFO=1 Informational; no action expected.
         * @property {number} SEVERITY_LOW=2 Unusual; investigate when time permits.
         * @property {number} SEVERITY_MEDIUM=3 Suspicious; investigate within a day.
         * @property {number} SEVERITY_HIGH=4 Malware by signature, or an attack technique in use.
         * @property {number} SEVERITY_CRITICAL=5 Running malware.
         */
        v1.Severity = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SEVERITY_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SEVERITY_INFO"] = 1;
            values[valuesById[2] = "SEVERITY_LOW"] = 2;
            values[valuesById[3] = "SEVERITY_MEDIUM"] = 3;
            values[valuesById[4] = "SEVERITY_HIGH"] = 4;
            values[valuesById[5] = "SEVERITY_CRITICAL"] = 5;
            return values;
        })();

        /**
         * Trigger of a scan.
         * @name guardimesh.v1.ScanTrigger
         * @enum {number}
         * @property {number} SCAN_TRIGGER_UNSPECIFIED=0 Not set; rejected by the backend.
         * @property {number} SCAN_TRIGGER_CONTAINER_START=1 The container was seen for the first time.
         * @property {number} SCAN_TRIGGER_SCHEDULE=2 The schedule of the scan configuration.
         * @property {number} SCAN_TRIGGER_FILE_EVENT=3 A write or an execution that fanotify reported.
         * @property {number} SCAN_TRIGGER_EVENT_OVERFLOW=4 The kernel lost events, so the scanner scanned all files.
         * @property {number} SCAN_TRIGGER_ON_REQUEST=5 A user requested the scan.
         * @property {number} SCAN_TRIGGER_SIGNATURE_UPDATE=6 The node loaded another signature generation.
         * @property {number} SCAN_TRIGGER_RECHECK=7 A file or memory that changed without an event, found by a check of what can still change.
         * @property {number} SCAN_TRIGGER_IMAGE_LAYER=8 A layer of an image was scanned, or its known findings apply to a new container.
         */
        v1.ScanTrigger = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SCAN_TRIGGER_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SCAN_TRIGGER_CONTAINER_START"] = 1;
            values[valuesById[2] = "SCAN_TRIGGER_SCHEDULE"] = 2;
            values[valuesById[3] = "SCAN_TRIGGER_FILE_EVENT"] = 3;
            values[valuesById[4] = "SCAN_TRIGGER_EVENT_OVERFLOW"] = 4;
            values[valuesById[5] = "SCAN_TRIGGER_ON_REQUEST"] = 5;
            values[valuesById[6] = "SCAN_TRIGGER_SIGNATURE_UPDATE"] = 6;
            values[valuesById[7] = "SCAN_TRIGGER_RECHECK"] = 7;
            values[valuesById[8] = "SCAN_TRIGGER_IMAGE_LAYER"] = 8;
            return values;
        })();

        /**
         * Reason for not scanning. "Not scanned" is a result of its own, never "clean".
         * @name guardimesh.v1.CoverageReason
         * @enum {number}
         * @property {number} COVERAGE_REASON_UNSPECIFIED=0 Not set; rejected by the backend.
         * @property {number} COVERAGE_REASON_TOO_LARGE=1 Larger than the limit of the scan configuration.
         * @property {number} COVERAGE_REASON_VANISHED=2 Deleted before it could be opened.
         * @property {number} COVERAGE_REASON_UNREADABLE=3 Could not be opened or read.
         * @property {number} COVERAGE_REASON_ENGINE_ERROR=4 The engine failed.
         * @property {number} COVERAGE_REASON_TIMEOUT=5 The engine timed out.
         * @property {number} COVERAGE_REASON_UNSUPPORTED_SNAPSHOTTER=6 The layers of the container's snapshotter cannot be read.
         * @property {number} COVERAGE_REASON_SKIPPED_NAMESPACE=7 The scan configuration skips this namespace.
         * @property {number} COVERAGE_REASON_NOT_REGULAR=8 A symbolic link, FIFO, socket or device: counted, never opened.
         * @property {number} COVERAGE_REASON_OUTSIDE_CONTAINER=9 The path leaves the container through a symbolic or magic link.
         * @property {number} COVERAGE_REASON_CHANGED_WHILE_SCANNED=10 The file kept changing while it was read.
         * @property {number} COVERAGE_REASON_BUDGET_EXHAUSTED=11 The scan reached a limit: number of files, depth, bytes or time.
         * @property {number} COVERAGE_REASON_EVENT_OVERFLOW=12 The kernel dropped file events; a full scan was started.
         * @property {number} COVERAGE_REASON_NOT_INSPECTED=13 The container could not be inspected, or its file events could not be watched.
         * @property {number} COVERAGE_REASON_ENCRYPTED=14 The content is encrypted, so no engine can scan it.
         * @property {number} COVERAGE_REASON_UNSUPPORTED_FORMAT=15 No engine can unpack the format (squashfs, an unknown archive), or a member of it.
         * @property {number} COVERAGE_REASON_PARTIALLY_SCANNED=16 Only a part of the content was scanned; the detail names the engine and the part.
         * @property {number} COVERAGE_REASON_ENGINE_UNAVAILABLE=17 An engine that should scan the file does not answer; the verdicts of the others are reported. The file is scanned again when it answers.
         * @property {number} COVERAGE_REASON_NETWORK_FILE_SYSTEM=18 A network or FUSE file system, which is never read by default: its server could block the scanner.
         * @property {number} COVERAGE_REASON_VOLUME_NOT_SCANNED=19 A volume that the scan configuration or its kind excludes.
         * @property {number} COVERAGE_REASON_MOUNT_NOT_WATCHED=20 A mount of the container, or of another mount namespace of its processes, whose file events cannot be watched.
         * @property {number} COVERAGE_REASON_NOT_WATCHED_AT_START=21 File events of the first moments of the container, before its watch began.
         * @property {number} COVERAGE_REASON_ENDED_BEFORE_SCAN=22 The container ended before its first scan.
         * @property {number} COVERAGE_REASON_IMAGE_NOT_SCANNED=23 A layer of the container's image that has not been scanned with the current signatures.
         * @property {number} COVERAGE_REASON_EXECUTABLE_MEMORY=24 A process has executable memory without a file, which cannot be scanned.
         * @property {number} COVERAGE_REASON_UNMANAGED_CONTAINER=25 A container that Kubernetes did not create.
         * @property {number} COVERAGE_REASON_FILE_SYSTEM_STALLED=26 A file system did not answer in time.
         */
        v1.CoverageReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "COVERAGE_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "COVERAGE_REASON_TOO_LARGE"] = 1;
            values[valuesById[2] = "COVERAGE_REASON_VANISHED"] = 2;
            values[valuesById[3] = "COVERAGE_REASON_UNREADABLE"] = 3;
            values[valuesById[4] = "COVERAGE_REASON_ENGINE_ERROR"] = 4;
            values[valuesById[5] = "COVERAGE_REASON_TIMEOUT"] = 5;
            values[valuesById[6] = "COVERAGE_REASON_UNSUPPORTED_SNAPSHOTTER"] = 6;
            values[valuesById[7] = "COVERAGE_REASON_SKIPPED_NAMESPACE"] = 7;
            values[valuesById[8] = "COVERAGE_REASON_NOT_REGULAR"] = 8;
            values[valuesById[9] = "COVERAGE_REASON_OUTSIDE_CONTAINER"] = 9;
            values[valuesById[10] = "COVERAGE_REASON_CHANGED_WHILE_SCANNED"] = 10;
            values[valuesById[11] = "COVERAGE_REASON_BUDGET_EXHAUSTED"] = 11;
            values[valuesById[12] = "COVERAGE_REASON_EVENT_OVERFLOW"] = 12;
            values[valuesById[13] = "COVERAGE_REASON_NOT_INSPECTED"] = 13;
            values[valuesById[14] = "COVERAGE_REASON_ENCRYPTED"] = 14;
            values[valuesById[15] = "COVERAGE_REASON_UNSUPPORTED_FORMAT"] = 15;
            values[valuesById[16] = "COVERAGE_REASON_PARTIALLY_SCANNED"] = 16;
            values[valuesById[17] = "COVERAGE_REASON_ENGINE_UNAVAILABLE"] = 17;
            values[valuesById[18] = "COVERAGE_REASON_NETWORK_FILE_SYSTEM"] = 18;
            values[valuesById[19] = "COVERAGE_REASON_VOLUME_NOT_SCANNED"] = 19;
            values[valuesById[20] = "COVERAGE_REASON_MOUNT_NOT_WATCHED"] = 20;
            values[valuesById[21] = "COVERAGE_REASON_NOT_WATCHED_AT_START"] = 21;
            values[valuesById[22] = "COVERAGE_REASON_ENDED_BEFORE_SCAN"] = 22;
            values[valuesById[23] = "COVERAGE_REASON_IMAGE_NOT_SCANNED"] = 23;
            values[valuesById[24] = "COVERAGE_REASON_EXECUTABLE_MEMORY"] = 24;
            values[valuesById[25] = "COVERAGE_REASON_UNMANAGED_CONTAINER"] = 25;
            values[valuesById[26] = "COVERAGE_REASON_FILE_SYSTEM_STALLED"] = 26;
            return values;
        })();

        v1.Process = (function() {

            /**
             * Properties of a Process.
             * @typedef {Object} guardimesh.v1.Process.$Properties
             * @property {number|null} [pid] Process id in the host's PID namespace.
             * @property {number|null} [parentPid] Process id of the parent in the host's PID namespace; 0 when unknown.
             * @property {Uint8Array|null} [exe] Target of /proc/<pid>/exe, unchanged bytes. At most 4096 bytes.
             * @property {Uint8Array|null} [commandLine] The command line, arguments separated by one space. At most 1024 bytes.
             * @property {string|null} [parentName] Name of the parent process (comm). At most 64 bytes.
             * @property {number|null} [uid] User id of the process.
             * @property {number|null} [startedAtMs] Start time of the process, Unix time in milliseconds; 0 when unknown.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Process.
             * @memberof guardimesh.v1
             * @interface IProcess
             * @augments guardimesh.v1.Process.$Properties
             * @deprecated Use guardimesh.v1.Process.$Properties instead.
             */

            /**
             * Shape of a Process.
             * @typedef {guardimesh.v1.Process.$Properties} guardimesh.v1.Process.$Shape
             */

            /**
             * Constructs a new Process.
             * @memberof guardimesh.v1
             * @classdesc A process that used a file when it was scanned.
             * @constructor
             * @param {guardimesh.v1.Process.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Process = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Process id in the host's PID namespace.
             * @member {number} pid
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.pid = 0;

            /**
             * Process id of the parent in the host's PID namespace; 0 when unknown.
             * @member {number} parentPid
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.parentPid = 0;

            /**
             * Target of /proc/<pid>/exe, unchanged bytes. At most 4096 bytes.
             * @member {Uint8Array} exe
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.exe = $util.newBuffer([]);

            /**
             * The command line, arguments separated by one space. At most 1024 bytes.
             * @member {Uint8Array} commandLine
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.commandLine = $util.newBuffer([]);

            /**
             * Name of the parent process (comm). At most 64 bytes.
             * @member {string} parentName
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.parentName = "";

            /**
             * User id of the process.
             * @member {number} uid
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.uid = 0;

            /**
             * Start time of the process, Unix time in milliseconds; 0 when unknown.
             * @member {number} startedAtMs
             * @memberof guardimesh.v1.Process
             * @instance
             */
            Process.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Process instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.Process
             * @static
             * @param {guardimesh.v1.Process.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.Process} Process instance
             * @type {{
             *   (properties: guardimesh.v1.Process.$Shape): guardimesh.v1.Process & guardimesh.v1.Process.$Shape;
             *   (properties?: guardimesh.v1.Process.$Properties): guardimesh.v1.Process;
             * }}
             */
            Process.create = function(properties) {
                return new Process(properties);
            };

            /**
             * Encodes the specified Process message. Does not implicitly {@link guardimesh.v1.Process.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.Process
             * @static
             * @param {guardimesh.v1.Process.$Properties} message Process message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Process.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.pid);
                if (message.parentPid != null && $Object.hasOwnProperty.call(message, "parentPid") && message.parentPid !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.parentPid);
                if (message.exe != null && $Object.hasOwnProperty.call(message, "exe") && message.exe.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.exe);
                if (message.commandLine != null && $Object.hasOwnProperty.call(message, "commandLine") && message.commandLine.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.commandLine);
                if (message.parentName != null && $Object.hasOwnProperty.call(message, "parentName") && message.parentName !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.parentName);
                if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.uid);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.startedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Process message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.Process
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.Process & guardimesh.v1.Process.$Shape} Process
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Process.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.Process();
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
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.parentPid = value;
                            else
                                delete message.parentPid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.exe = value;
                            else
                                delete message.exe;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.commandLine = value;
                            else
                                delete message.commandLine;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.parentName = value;
                            else
                                delete message.parentName;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.uid = value;
                            else
                                delete message.uid;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
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

            return Process;
        })();

        v1.Finding = (function() {

            /**
             * Properties of a Finding.
             * @typedef {Object} guardimesh.v1.Finding.$Properties
             * @property {Uint8Array|null} [findingId] UUIDv7, 16 bytes, created by the scanner.
             * @property {string|null} [signatureName] Name of the signature or rule. At most 256 bytes.
             * @property {Uint8Array|null} [path] Path in the container, raw bytes. At most 4096 bytes.
             * @property {guardimesh.v1.ScanSource|null} [scanSource] Detection source.
             * @property {Uint8Array|null} [sha256] SHA-256 of the content, 32 bytes; empty when the content could not be hashed.
             * @property {number|null} [sizeBytes] Size of the content in bytes.
             * @property {string|null} [layer] The layer that holds the file: "upperdir", "image", "volume:<destination>" or "memory". At most 512 bytes.
             * @property {number|null} [ownerUid] User id of the file's owner.
             * @property {number|null} [ownerGid] Group id of the file.
             * @property {number|null} [mode] st_mode of the file, type and permission bits.
             * @property {number|null} [modifiedAtMs] Last change of the content, Unix time in milliseconds.
             * @property {number|null} [changedAtMs] Last change of the inode, Unix time in milliseconds.
             * @property {guardimesh.v1.Process.$Properties|null} [process] The process that used the file, if any.
             * @property {string|null} [engine] Engine that detected it: "clamav", "yara", "entropy" or "drift". At most 64 bytes.
             * @property {string|null} [engineVersion] Version of the engine. At most 128 bytes.
             * @property {string|null} [signatureGeneration] Loaded signature generation. At most 128 bytes.
             * @property {guardimesh.v1.Severity|null} [severity] Severity of the finding.
             * @property {string|null} [description] Description for users, one sentence. At most 1024 bytes.
             * @property {number|null} [detectedAtMs] Time of the engine's answer, Unix time in milliseconds.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Finding.
             * @memberof guardimesh.v1
             * @interface IFinding
             * @augments guardimesh.v1.Finding.$Properties
             * @deprecated Use guardimesh.v1.Finding.$Properties instead.
             */

            /**
             * Shape of a Finding.
             * @typedef {guardimesh.v1.Finding.$Properties} guardimesh.v1.Finding.$Shape
             */

            /**
             * Constructs a new Finding.
             * @memberof guardimesh.v1
             * @classdesc Malware or suspicious behaviour at one location.
             * @constructor
             * @param {guardimesh.v1.Finding.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Finding = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UUIDv7, 16 bytes, created by the scanner.
             * @member {Uint8Array} findingId
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.findingId = $util.newBuffer([]);

            /**
             * Name of the signature or rule. At most 256 bytes.
             * @member {string} signatureName
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.signatureName = "";

            /**
             * Path in the container, raw bytes. At most 4096 bytes.
             * @member {Uint8Array} path
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.path = $util.newBuffer([]);

            /**
             * Detection source.
             * @member {guardimesh.v1.ScanSource} scanSource
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.scanSource = 0;

            /**
             * SHA-256 of the content, 32 bytes; empty when the content could not be hashed.
             * @member {Uint8Array} sha256
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.sha256 = $util.newBuffer([]);

            /**
             * Size of the content in bytes.
             * @member {number} sizeBytes
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * The layer that holds the file: "upperdir", "image", "volume:<destination>" or "memory". At most 512 bytes.
             * @member {string} layer
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.layer = "";

            /**
             * User id of the file's owner.
             * @member {number} ownerUid
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.ownerUid = 0;

            /**
             * Group id of the file.
             * @member {number} ownerGid
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.ownerGid = 0;

            /**
             * st_mode of the file, type and permission bits.
             * @member {number} mode
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.mode = 0;

            /**
             * Last change of the content, Unix time in milliseconds.
             * @member {number} modifiedAtMs
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.modifiedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Last change of the inode, Unix time in milliseconds.
             * @member {number} changedAtMs
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.changedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * The process that used the file, if any.
             * @member {guardimesh.v1.Process.$Properties|null|undefined} process
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.process = null;

            /**
             * Engine that detected it: "clamav", "yara", "entropy" or "drift". At most 64 bytes.
             * @member {string} engine
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.engine = "";

            /**
             * Version of the engine. At most 128 bytes.
             * @member {string} engineVersion
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.engineVersion = "";

            /**
             * Loaded signature generation. At most 128 bytes.
             * @member {string} signatureGeneration
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.signatureGeneration = "";

            /**
             * Severity of the finding.
             * @member {guardimesh.v1.Severity} severity
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.severity = 0;

            /**
             * Description for users, one sentence. At most 1024 bytes.
             * @member {string} description
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.description = "";

            /**
             * Time of the engine's answer, Unix time in milliseconds.
             * @member {number} detectedAtMs
             * @memberof guardimesh.v1.Finding
             * @instance
             */
            Finding.prototype.detectedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Finding instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.Finding
             * @static
             * @param {guardimesh.v1.Finding.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.Finding} Finding instance
             * @type {{
             *   (properties: guardimesh.v1.Finding.$Shape): guardimesh.v1.Finding & guardimesh.v1.Finding.$Shape;
             *   (properties?: guardimesh.v1.Finding.$Properties): guardimesh.v1.Finding;
             * }}
             */
            Finding.create = function(properties) {
                return new Finding(properties);
            };

            /**
             * Encodes the specified Finding message. Does not implicitly {@link guardimesh.v1.Finding.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.Finding
             * @static
             * @param {guardimesh.v1.Finding.$Properties} message Finding message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Finding.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.findingId != null && $Object.hasOwnProperty.call(message, "findingId") && message.findingId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.findingId);
                if (message.signatureName != null && $Object.hasOwnProperty.call(message, "signatureName") && message.signatureName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.signatureName);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.path);
                if (message.scanSource != null && $Object.hasOwnProperty.call(message, "scanSource") && message.scanSource !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.scanSource);
                if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.sha256);
                if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.sizeBytes);
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.layer);
                if (message.ownerUid != null && $Object.hasOwnProperty.call(message, "ownerUid") && message.ownerUid !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.ownerUid);
                if (message.ownerGid != null && $Object.hasOwnProperty.call(message, "ownerGid") && message.ownerGid !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.ownerGid);
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.mode);
                if (message.modifiedAtMs != null && $Object.hasOwnProperty.call(message, "modifiedAtMs") && (typeof message.modifiedAtMs === "object" ? message.modifiedAtMs.low || message.modifiedAtMs.high : message.modifiedAtMs !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.modifiedAtMs);
                if (message.changedAtMs != null && $Object.hasOwnProperty.call(message, "changedAtMs") && (typeof message.changedAtMs === "object" ? message.changedAtMs.low || message.changedAtMs.high : message.changedAtMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.changedAtMs);
                if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
                    $root.guardimesh.v1.Process.encode(message.process, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.engine != null && $Object.hasOwnProperty.call(message, "engine") && message.engine !== "")
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.engine);
                if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.engineVersion);
                if (message.signatureGeneration != null && $Object.hasOwnProperty.call(message, "signatureGeneration") && message.signatureGeneration !== "")
                    writer.uint32(/* id 16, wireType 2 =*/130).string(message.signatureGeneration);
                if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).int32(message.severity);
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 18, wireType 2 =*/146).string(message.description);
                if (message.detectedAtMs != null && $Object.hasOwnProperty.call(message, "detectedAtMs") && (typeof message.detectedAtMs === "object" ? message.detectedAtMs.low || message.detectedAtMs.high : message.detectedAtMs !== 0))
                    writer.uint32(/* id 19, wireType 0 =*/152).uint64(message.detectedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Finding message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.Finding
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.Finding & guardimesh.v1.Finding.$Shape} Finding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Finding.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.Finding();
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
                                message.findingId = value;
                            else
                                delete message.findingId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signatureName = value;
                            else
                                delete message.signatureName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.scanSource = value;
                            else
                                delete message.scanSource;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sha256 = value;
                            else
                                delete message.sha256;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sizeBytes = value;
                            else
                                delete message.sizeBytes;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ownerUid = value;
                            else
                                delete message.ownerUid;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ownerGid = value;
                            else
                                delete message.ownerGid;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.modifiedAtMs = value;
                            else
                                delete message.modifiedAtMs;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.changedAtMs = value;
                            else
                                delete message.changedAtMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.process = $root.guardimesh.v1.Process.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engine = value;
                            else
                                delete message.engine;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engineVersion = value;
                            else
                                delete message.engineVersion;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signatureGeneration = value;
                            else
                                delete message.signatureGeneration;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.severity = value;
                            else
                                delete message.severity;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.description = value;
                            else
                                delete message.description;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.detectedAtMs = value;
                            else
                                delete message.detectedAtMs;
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

            return Finding;
        })();

        v1.Coverage = (function() {

            /**
             * Properties of a Coverage.
             * @typedef {Object} guardimesh.v1.Coverage.$Properties
             * @property {guardimesh.v1.CoverageReason|null} [reason] Reason for not scanning.
             * @property {Uint8Array|null} [path] Path in the container, raw bytes, at most 4096; empty when the entry stands for many files or the whole container.
             * @property {number|null} [count] Number of files that the entry stands for; 0 for a whole container.
             * @property {number|null} [sizeBytes] Size in bytes of the file, or of all files of the entry; 0 when unknown.
             * @property {string|null} [detail] Details of the reason ("limit 100 MiB", "EACCES"). At most 512 bytes.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Coverage.
             * @memberof guardimesh.v1
             * @interface ICoverage
             * @augments guardimesh.v1.Coverage.$Properties
             * @deprecated Use guardimesh.v1.Coverage.$Properties instead.
             */

            /**
             * Shape of a Coverage.
             * @typedef {guardimesh.v1.Coverage.$Properties} guardimesh.v1.Coverage.$Shape
             */

            /**
             * Constructs a new Coverage.
             * @memberof guardimesh.v1
             * @classdesc Files or a container that were not scanned, with the reason.
             * @constructor
             * @param {guardimesh.v1.Coverage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Coverage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Reason for not scanning.
             * @member {guardimesh.v1.CoverageReason} reason
             * @memberof guardimesh.v1.Coverage
             * @instance
             */
            Coverage.prototype.reason = 0;

            /**
             * Path in the container, raw bytes, at most 4096; empty when the entry stands for many files or the whole container.
             * @member {Uint8Array} path
             * @memberof guardimesh.v1.Coverage
             * @instance
             */
            Coverage.prototype.path = $util.newBuffer([]);

            /**
             * Number of files that the entry stands for; 0 for a whole container.
             * @member {number} count
             * @memberof guardimesh.v1.Coverage
             * @instance
             */
            Coverage.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Size in bytes of the file, or of all files of the entry; 0 when unknown.
             * @member {number} sizeBytes
             * @memberof guardimesh.v1.Coverage
             * @instance
             */
            Coverage.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Details of the reason ("limit 100 MiB", "EACCES"). At most 512 bytes.
             * @member {string} detail
             * @memberof guardimesh.v1.Coverage
             * @instance
             */
            Coverage.prototype.detail = "";

            /**
             * Creates a new Coverage instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.Coverage
             * @static
             * @param {guardimesh.v1.Coverage.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.Coverage} Coverage instance
             * @type {{
             *   (properties: guardimesh.v1.Coverage.$Shape): guardimesh.v1.Coverage & guardimesh.v1.Coverage.$Shape;
             *   (properties?: guardimesh.v1.Coverage.$Properties): guardimesh.v1.Coverage;
             * }}
             */
            Coverage.create = function(properties) {
                return new Coverage(properties);
            };

            /**
             * Encodes the specified Coverage message. Does not implicitly {@link guardimesh.v1.Coverage.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.Coverage
             * @static
             * @param {guardimesh.v1.Coverage.$Properties} message Coverage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Coverage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.path);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.count);
                if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.sizeBytes);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.detail);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Coverage message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.Coverage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.Coverage & guardimesh.v1.Coverage.$Shape} Coverage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Coverage.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.Coverage();
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
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sizeBytes = value;
                            else
                                delete message.sizeBytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
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

            return Coverage;
        })();

        v1.ClamResult = (function() {

            /**
             * Properties of a ClamResult.
             * @typedef {Object} guardimesh.v1.ClamResult.$Properties
             * @property {Uint8Array|null} [resultId] UUIDv7, 16 bytes, created by the scanner. (cluster_id, result_id) is unique in the backend.
             * @property {string|null} [clusterId] Id of the node's cluster. 1 to 128 bytes.
             * @property {string|null} [nodeName] Name of the node. 1 to 253 bytes.
             * @property {string|null} [namespace] Namespace of the pod; empty for a container outside Kubernetes. At most 253 bytes.
             * @property {string|null} [podName] Name of the pod; empty for a container outside Kubernetes. At most 253 bytes.
             * @property {string|null} [podUid] UID of the pod. At most 64 bytes.
             * @property {string|null} [containerName] Name of the container in the pod, or the container's own name. At most 253 bytes.
             * @property {string|null} [containerId] Id of the container in the runtime. 1 to 128 bytes.
             * @property {string|null} [image] Image reference of the pod specification. At most 512 bytes.
             * @property {string|null} [imageDigest] Digest of the image, "sha256:…". At most 128 bytes.
             * @property {string|null} [podIp] IP address of the pod. At most 64 bytes.
             * @property {string|null} [hostIp] IP address of the node. At most 64 bytes.
             * @property {guardimesh.v1.ScanTrigger|null} [trigger] Trigger of the scan.
             * @property {number|null} [startedAtMs] Start of the scan, Unix time in milliseconds.
             * @property {number|null} [finishedAtMs] End of the scan, Unix time in milliseconds.
             * @property {number|null} [filesScanned] Number of files that an engine scanned.
             * @property {number|null} [bytesScanned] Number of bytes that an engine scanned.
             * @property {number|null} [filesCached] Number of files whose verdict was in the verdict cache.
             * @property {Array.<guardimesh.v1.Finding.$Properties>|null} [findings] Findings. At most 1000.
             * @property {Array.<guardimesh.v1.Coverage.$Properties>|null} [coverage] Files and containers that were not scanned. At most 1000.
             * @property {string|null} [signatureGeneration] Loaded signature generation. At most 128 bytes.
             * @property {string|null} [engineVersion] Version of the engine. At most 128 bytes.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClamResult.
             * @memberof guardimesh.v1
             * @interface IClamResult
             * @augments guardimesh.v1.ClamResult.$Properties
             * @deprecated Use guardimesh.v1.ClamResult.$Properties instead.
             */

            /**
             * Shape of a ClamResult.
             * @typedef {guardimesh.v1.ClamResult.$Properties} guardimesh.v1.ClamResult.$Shape
             */

            /**
             * Constructs a new ClamResult.
             * @memberof guardimesh.v1
             * @classdesc Result of one scan of one container.
             * @constructor
             * @param {guardimesh.v1.ClamResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClamResult = function (properties) {
                this.findings = [];
                this.coverage = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UUIDv7, 16 bytes, created by the scanner. (cluster_id, result_id) is unique in the backend.
             * @member {Uint8Array} resultId
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.resultId = $util.newBuffer([]);

            /**
             * Id of the node's cluster. 1 to 128 bytes.
             * @member {string} clusterId
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.clusterId = "";

            /**
             * Name of the node. 1 to 253 bytes.
             * @member {string} nodeName
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.nodeName = "";

            /**
             * Namespace of the pod; empty for a container outside Kubernetes. At most 253 bytes.
             * @member {string} namespace
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.namespace = "";

            /**
             * Name of the pod; empty for a container outside Kubernetes. At most 253 bytes.
             * @member {string} podName
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.podName = "";

            /**
             * UID of the pod. At most 64 bytes.
             * @member {string} podUid
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.podUid = "";

            /**
             * Name of the container in the pod, or the container's own name. At most 253 bytes.
             * @member {string} containerName
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.containerName = "";

            /**
             * Id of the container in the runtime. 1 to 128 bytes.
             * @member {string} containerId
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.containerId = "";

            /**
             * Image reference of the pod specification. At most 512 bytes.
             * @member {string} image
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.image = "";

            /**
             * Digest of the image, "sha256:…". At most 128 bytes.
             * @member {string} imageDigest
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.imageDigest = "";

            /**
             * IP address of the pod. At most 64 bytes.
             * @member {string} podIp
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.podIp = "";

            /**
             * IP address of the node. At most 64 bytes.
             * @member {string} hostIp
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.hostIp = "";

            /**
             * Trigger of the scan.
             * @member {guardimesh.v1.ScanTrigger} trigger
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.trigger = 0;

            /**
             * Start of the scan, Unix time in milliseconds.
             * @member {number} startedAtMs
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * End of the scan, Unix time in milliseconds.
             * @member {number} finishedAtMs
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.finishedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of files that an engine scanned.
             * @member {number} filesScanned
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.filesScanned = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of bytes that an engine scanned.
             * @member {number} bytesScanned
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.bytesScanned = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of files whose verdict was in the verdict cache.
             * @member {number} filesCached
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.filesCached = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Findings. At most 1000.
             * @member {Array.<guardimesh.v1.Finding.$Properties>} findings
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.findings = $util.emptyArray;

            /**
             * Files and containers that were not scanned. At most 1000.
             * @member {Array.<guardimesh.v1.Coverage.$Properties>} coverage
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.coverage = $util.emptyArray;

            /**
             * Loaded signature generation. At most 128 bytes.
             * @member {string} signatureGeneration
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.signatureGeneration = "";

            /**
             * Version of the engine. At most 128 bytes.
             * @member {string} engineVersion
             * @memberof guardimesh.v1.ClamResult
             * @instance
             */
            ClamResult.prototype.engineVersion = "";

            /**
             * Creates a new ClamResult instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ClamResult
             * @static
             * @param {guardimesh.v1.ClamResult.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ClamResult} ClamResult instance
             * @type {{
             *   (properties: guardimesh.v1.ClamResult.$Shape): guardimesh.v1.ClamResult & guardimesh.v1.ClamResult.$Shape;
             *   (properties?: guardimesh.v1.ClamResult.$Properties): guardimesh.v1.ClamResult;
             * }}
             */
            ClamResult.create = function(properties) {
                return new ClamResult(properties);
            };

            /**
             * Encodes the specified ClamResult message. Does not implicitly {@link guardimesh.v1.ClamResult.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ClamResult
             * @static
             * @param {guardimesh.v1.ClamResult.$Properties} message ClamResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClamResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resultId != null && $Object.hasOwnProperty.call(message, "resultId") && message.resultId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.resultId);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.clusterId);
                if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.nodeName);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.namespace);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.podName);
                if (message.podUid != null && $Object.hasOwnProperty.call(message, "podUid") && message.podUid !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.podUid);
                if (message.containerName != null && $Object.hasOwnProperty.call(message, "containerName") && message.containerName !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.containerName);
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.containerId);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.image);
                if (message.imageDigest != null && $Object.hasOwnProperty.call(message, "imageDigest") && message.imageDigest !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.imageDigest);
                if (message.podIp != null && $Object.hasOwnProperty.call(message, "podIp") && message.podIp !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.podIp);
                if (message.hostIp != null && $Object.hasOwnProperty.call(message, "hostIp") && message.hostIp !== "")
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.hostIp);
                if (message.trigger != null && $Object.hasOwnProperty.call(message, "trigger") && message.trigger !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).int32(message.trigger);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.startedAtMs);
                if (message.finishedAtMs != null && $Object.hasOwnProperty.call(message, "finishedAtMs") && (typeof message.finishedAtMs === "object" ? message.finishedAtMs.low || message.finishedAtMs.high : message.finishedAtMs !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.finishedAtMs);
                if (message.filesScanned != null && $Object.hasOwnProperty.call(message, "filesScanned") && (typeof message.filesScanned === "object" ? message.filesScanned.low || message.filesScanned.high : message.filesScanned !== 0))
                    writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.filesScanned);
                if (message.bytesScanned != null && $Object.hasOwnProperty.call(message, "bytesScanned") && (typeof message.bytesScanned === "object" ? message.bytesScanned.low || message.bytesScanned.high : message.bytesScanned !== 0))
                    writer.uint32(/* id 17, wireType 0 =*/136).uint64(message.bytesScanned);
                if (message.filesCached != null && $Object.hasOwnProperty.call(message, "filesCached") && (typeof message.filesCached === "object" ? message.filesCached.low || message.filesCached.high : message.filesCached !== 0))
                    writer.uint32(/* id 18, wireType 0 =*/144).uint64(message.filesCached);
                if (message.findings != null && message.findings.length)
                    for (let i = 0; i < message.findings.length; ++i)
                        $root.guardimesh.v1.Finding.encode(message.findings[i], writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.coverage != null && message.coverage.length)
                    for (let i = 0; i < message.coverage.length; ++i)
                        $root.guardimesh.v1.Coverage.encode(message.coverage[i], writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.signatureGeneration != null && $Object.hasOwnProperty.call(message, "signatureGeneration") && message.signatureGeneration !== "")
                    writer.uint32(/* id 21, wireType 2 =*/170).string(message.signatureGeneration);
                if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                    writer.uint32(/* id 22, wireType 2 =*/178).string(message.engineVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClamResult message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ClamResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ClamResult & guardimesh.v1.ClamResult.$Shape} ClamResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClamResult.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ClamResult();
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
                                message.resultId = value;
                            else
                                delete message.resultId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeName = value;
                            else
                                delete message.nodeName;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podUid = value;
                            else
                                delete message.podUid;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerName = value;
                            else
                                delete message.containerName;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.imageDigest = value;
                            else
                                delete message.imageDigest;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podIp = value;
                            else
                                delete message.podIp;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostIp = value;
                            else
                                delete message.hostIp;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.trigger = value;
                            else
                                delete message.trigger;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.finishedAtMs = value;
                            else
                                delete message.finishedAtMs;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.filesScanned = value;
                            else
                                delete message.filesScanned;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytesScanned = value;
                            else
                                delete message.bytesScanned;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.filesCached = value;
                            else
                                delete message.filesCached;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if (!(message.findings && message.findings.length))
                                message.findings = [];
                            message.findings.push($root.guardimesh.v1.Finding.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            if (!(message.coverage && message.coverage.length))
                                message.coverage = [];
                            message.coverage.push($root.guardimesh.v1.Coverage.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signatureGeneration = value;
                            else
                                delete message.signatureGeneration;
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engineVersion = value;
                            else
                                delete message.engineVersion;
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

            return ClamResult;
        })();

        v1.Gap = (function() {

            /**
             * Properties of a Gap.
             * @typedef {Object} guardimesh.v1.Gap.$Properties
             * @property {Uint8Array|null} [gapId] UUIDv7, 16 bytes. A gap that is sent twice is stored once.
             * @property {string|null} [clusterId] Id of the node's cluster. 1 to 128 bytes.
             * @property {string|null} [nodeName] Name of the node. 1 to 253 bytes.
             * @property {string|null} [reason] Reason for dropping: "spool_full", "spool_corrupt" or "refused". At most 64 bytes.
             * @property {number|null} [cleanResults] Number of dropped results without findings.
             * @property {number|null} [findingResults] Number of dropped results with findings.
             * @property {number|null} [findings] Number of findings in the dropped results.
             * @property {number|null} [fromMs] Time of the oldest dropped result, Unix time in milliseconds.
             * @property {number|null} [toMs] Time of the newest dropped result, Unix time in milliseconds.
             * @property {number|null} [sightings] Number of dropped sightings. Sightings of files that still exist are reported again on a later day.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Gap.
             * @memberof guardimesh.v1
             * @interface IGap
             * @augments guardimesh.v1.Gap.$Properties
             * @deprecated Use guardimesh.v1.Gap.$Properties instead.
             */

            /**
             * Shape of a Gap.
             * @typedef {guardimesh.v1.Gap.$Properties} guardimesh.v1.Gap.$Shape
             */

            /**
             * Constructs a new Gap.
             * @memberof guardimesh.v1
             * @classdesc Results that a node dropped, reported so that the loss is visible.
             * @constructor
             * @param {guardimesh.v1.Gap.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Gap = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UUIDv7, 16 bytes. A gap that is sent twice is stored once.
             * @member {Uint8Array} gapId
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.gapId = $util.newBuffer([]);

            /**
             * Id of the node's cluster. 1 to 128 bytes.
             * @member {string} clusterId
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.clusterId = "";

            /**
             * Name of the node. 1 to 253 bytes.
             * @member {string} nodeName
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.nodeName = "";

            /**
             * Reason for dropping: "spool_full", "spool_corrupt" or "refused". At most 64 bytes.
             * @member {string} reason
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.reason = "";

            /**
             * Number of dropped results without findings.
             * @member {number} cleanResults
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.cleanResults = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of dropped results with findings.
             * @member {number} findingResults
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.findingResults = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of findings in the dropped results.
             * @member {number} findings
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.findings = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Time of the oldest dropped result, Unix time in milliseconds.
             * @member {number} fromMs
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.fromMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Time of the newest dropped result, Unix time in milliseconds.
             * @member {number} toMs
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.toMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of dropped sightings. Sightings of files that still exist are reported again on a later day.
             * @member {number} sightings
             * @memberof guardimesh.v1.Gap
             * @instance
             */
            Gap.prototype.sightings = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Gap instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.Gap
             * @static
             * @param {guardimesh.v1.Gap.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.Gap} Gap instance
             * @type {{
             *   (properties: guardimesh.v1.Gap.$Shape): guardimesh.v1.Gap & guardimesh.v1.Gap.$Shape;
             *   (properties?: guardimesh.v1.Gap.$Properties): guardimesh.v1.Gap;
             * }}
             */
            Gap.create = function(properties) {
                return new Gap(properties);
            };

            /**
             * Encodes the specified Gap message. Does not implicitly {@link guardimesh.v1.Gap.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.Gap
             * @static
             * @param {guardimesh.v1.Gap.$Properties} message Gap message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Gap.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.gapId != null && $Object.hasOwnProperty.call(message, "gapId") && message.gapId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.gapId);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.clusterId);
                if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.nodeName);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.cleanResults != null && $Object.hasOwnProperty.call(message, "cleanResults") && (typeof message.cleanResults === "object" ? message.cleanResults.low || message.cleanResults.high : message.cleanResults !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.cleanResults);
                if (message.findingResults != null && $Object.hasOwnProperty.call(message, "findingResults") && (typeof message.findingResults === "object" ? message.findingResults.low || message.findingResults.high : message.findingResults !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.findingResults);
                if (message.findings != null && $Object.hasOwnProperty.call(message, "findings") && (typeof message.findings === "object" ? message.findings.low || message.findings.high : message.findings !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.findings);
                if (message.fromMs != null && $Object.hasOwnProperty.call(message, "fromMs") && (typeof message.fromMs === "object" ? message.fromMs.low || message.fromMs.high : message.fromMs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.fromMs);
                if (message.toMs != null && $Object.hasOwnProperty.call(message, "toMs") && (typeof message.toMs === "object" ? message.toMs.low || message.toMs.high : message.toMs !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.toMs);
                if (message.sightings != null && $Object.hasOwnProperty.call(message, "sightings") && (typeof message.sightings === "object" ? message.sightings.low || message.sightings.high : message.sightings !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.sightings);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Gap message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.Gap
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.Gap & guardimesh.v1.Gap.$Shape} Gap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Gap.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.Gap();
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
                                message.gapId = value;
                            else
                                delete message.gapId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeName = value;
                            else
                                delete message.nodeName;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.cleanResults = value;
                            else
                                delete message.cleanResults;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.findingResults = value;
                            else
                                delete message.findingResults;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.findings = value;
                            else
                                delete message.findings;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.fromMs = value;
                            else
                                delete message.fromMs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.toMs = value;
                            else
                                delete message.toMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sightings = value;
                            else
                                delete message.sightings;
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

            return Gap;
        })();

        v1.FileSighting = (function() {

            /**
             * Properties of a FileSighting.
             * @typedef {Object} guardimesh.v1.FileSighting.$Properties
             * @property {string|null} [clusterId] Id of the node's cluster. 1 to 128 bytes.
             * @property {string|null} [nodeName] Name of the node. 1 to 253 bytes.
             * @property {string|null} [namespace] Namespace of the pod. At most 253 bytes.
             * @property {string|null} [podName] Name of the pod. At most 253 bytes.
             * @property {string|null} [containerName] Name of the container in the pod. At most 253 bytes.
             * @property {string|null} [containerId] Id of the container in the runtime. 1 to 128 bytes.
             * @property {string|null} [image] Image reference of the pod specification. At most 512 bytes.
             * @property {Uint8Array|null} [sha256] SHA-256 of the content, 32 bytes.
             * @property {number|null} [sizeBytes] Size of the content in bytes.
             * @property {Uint8Array|null} [path] Path in the container, raw bytes. At most 4096 bytes.
             * @property {guardimesh.v1.ScanSource|null} [scanSource] Detection source.
             * @property {number|null} [firstSeenAtMs] Time when this node first saw the content there, Unix time in milliseconds.
             * @property {number|null} [lastSeenAtMs] Time when this node last saw the content there, Unix time in milliseconds.
             * @property {string|null} [cleanGeneration] Signature generation with which the content was clean; empty when it was not clean.
             * @property {Uint8Array|null} [md5] MD5 of the content, 16 bytes; empty when the node has an older version or its OpenSSL forbids MD5.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileSighting.
             * @memberof guardimesh.v1
             * @interface IFileSighting
             * @augments guardimesh.v1.FileSighting.$Properties
             * @deprecated Use guardimesh.v1.FileSighting.$Properties instead.
             */

            /**
             * Shape of a FileSighting.
             * @typedef {guardimesh.v1.FileSighting.$Properties} guardimesh.v1.FileSighting.$Shape
             */

            /**
             * Constructs a new FileSighting.
             * @memberof guardimesh.v1
             * @classdesc Content that an engine scanned in a container. Reported once for each content, container and path, and again when the verdict changes.
             * A retro-hunt matches hashes that are imported later against the sightings.
             * @constructor
             * @param {guardimesh.v1.FileSighting.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileSighting = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the node's cluster. 1 to 128 bytes.
             * @member {string} clusterId
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.clusterId = "";

            /**
             * Name of the node. 1 to 253 bytes.
             * @member {string} nodeName
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.nodeName = "";

            /**
             * Namespace of the pod. At most 253 bytes.
             * @member {string} namespace
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.namespace = "";

            /**
             * Name of the pod. At most 253 bytes.
             * @member {string} podName
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.podName = "";

            /**
             * Name of the container in the pod. At most 253 bytes.
             * @member {string} containerName
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.containerName = "";

            /**
             * Id of the container in the runtime. 1 to 128 bytes.
             * @member {string} containerId
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.containerId = "";

            /**
             * Image reference of the pod specification. At most 512 bytes.
             * @member {string} image
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.image = "";

            /**
             * SHA-256 of the content, 32 bytes.
             * @member {Uint8Array} sha256
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.sha256 = $util.newBuffer([]);

            /**
             * Size of the content in bytes.
             * @member {number} sizeBytes
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Path in the container, raw bytes. At most 4096 bytes.
             * @member {Uint8Array} path
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.path = $util.newBuffer([]);

            /**
             * Detection source.
             * @member {guardimesh.v1.ScanSource} scanSource
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.scanSource = 0;

            /**
             * Time when this node first saw the content there, Unix time in milliseconds.
             * @member {number} firstSeenAtMs
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.firstSeenAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Time when this node last saw the content there, Unix time in milliseconds.
             * @member {number} lastSeenAtMs
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.lastSeenAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Signature generation with which the content was clean; empty when it was not clean.
             * @member {string} cleanGeneration
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.cleanGeneration = "";

            /**
             * MD5 of the content, 16 bytes; empty when the node has an older version or its OpenSSL forbids MD5.
             * @member {Uint8Array} md5
             * @memberof guardimesh.v1.FileSighting
             * @instance
             */
            FileSighting.prototype.md5 = $util.newBuffer([]);

            /**
             * Creates a new FileSighting instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.FileSighting
             * @static
             * @param {guardimesh.v1.FileSighting.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.FileSighting} FileSighting instance
             * @type {{
             *   (properties: guardimesh.v1.FileSighting.$Shape): guardimesh.v1.FileSighting & guardimesh.v1.FileSighting.$Shape;
             *   (properties?: guardimesh.v1.FileSighting.$Properties): guardimesh.v1.FileSighting;
             * }}
             */
            FileSighting.create = function(properties) {
                return new FileSighting(properties);
            };

            /**
             * Encodes the specified FileSighting message. Does not implicitly {@link guardimesh.v1.FileSighting.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.FileSighting
             * @static
             * @param {guardimesh.v1.FileSighting.$Properties} message FileSighting message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileSighting.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
                if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nodeName);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.podName);
                if (message.containerName != null && $Object.hasOwnProperty.call(message, "containerName") && message.containerName !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.containerName);
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.containerId);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.image);
                if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.sha256);
                if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.sizeBytes);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.path);
                if (message.scanSource != null && $Object.hasOwnProperty.call(message, "scanSource") && message.scanSource !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).int32(message.scanSource);
                if (message.firstSeenAtMs != null && $Object.hasOwnProperty.call(message, "firstSeenAtMs") && (typeof message.firstSeenAtMs === "object" ? message.firstSeenAtMs.low || message.firstSeenAtMs.high : message.firstSeenAtMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.firstSeenAtMs);
                if (message.lastSeenAtMs != null && $Object.hasOwnProperty.call(message, "lastSeenAtMs") && (typeof message.lastSeenAtMs === "object" ? message.lastSeenAtMs.low || message.lastSeenAtMs.high : message.lastSeenAtMs !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.lastSeenAtMs);
                if (message.cleanGeneration != null && $Object.hasOwnProperty.call(message, "cleanGeneration") && message.cleanGeneration !== "")
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.cleanGeneration);
                if (message.md5 != null && $Object.hasOwnProperty.call(message, "md5") && message.md5.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.md5);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileSighting message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.FileSighting
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.FileSighting & guardimesh.v1.FileSighting.$Shape} FileSighting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileSighting.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.FileSighting();
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
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeName = value;
                            else
                                delete message.nodeName;
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerName = value;
                            else
                                delete message.containerName;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sha256 = value;
                            else
                                delete message.sha256;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sizeBytes = value;
                            else
                                delete message.sizeBytes;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.scanSource = value;
                            else
                                delete message.scanSource;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.firstSeenAtMs = value;
                            else
                                delete message.firstSeenAtMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastSeenAtMs = value;
                            else
                                delete message.lastSeenAtMs;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cleanGeneration = value;
                            else
                                delete message.cleanGeneration;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.md5 = value;
                            else
                                delete message.md5;
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

            return FileSighting;
        })();

        v1.ClamResultBatch = (function() {

            /**
             * Properties of a ClamResultBatch.
             * @typedef {Object} guardimesh.v1.ClamResultBatch.$Properties
             * @property {Array.<guardimesh.v1.ClamResult.$Properties>|null} [results] The results.
             * @property {Array.<guardimesh.v1.Gap.$Properties>|null} [gaps] Gaps since the last batch. At most 100.
             * @property {Array.<guardimesh.v1.FileSighting.$Properties>|null} [sightings] Sightings. At most 5000.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClamResultBatch.
             * @memberof guardimesh.v1
             * @interface IClamResultBatch
             * @augments guardimesh.v1.ClamResultBatch.$Properties
             * @deprecated Use guardimesh.v1.ClamResultBatch.$Properties instead.
             */

            /**
             * Shape of a ClamResultBatch.
             * @typedef {guardimesh.v1.ClamResultBatch.$Properties} guardimesh.v1.ClamResultBatch.$Shape
             */

            /**
             * Constructs a new ClamResultBatch.
             * @memberof guardimesh.v1
             * @classdesc Body of a request with many results. At most 500 results and 1 MiB after compression.
             * Field numbers start at 101, above those of ClamResult, so that the backend distinguishes the two by the first field.
             * @constructor
             * @param {guardimesh.v1.ClamResultBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClamResultBatch = function (properties) {
                this.results = [];
                this.gaps = [];
                this.sightings = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The results.
             * @member {Array.<guardimesh.v1.ClamResult.$Properties>} results
             * @memberof guardimesh.v1.ClamResultBatch
             * @instance
             */
            ClamResultBatch.prototype.results = $util.emptyArray;

            /**
             * Gaps since the last batch. At most 100.
             * @member {Array.<guardimesh.v1.Gap.$Properties>} gaps
             * @memberof guardimesh.v1.ClamResultBatch
             * @instance
             */
            ClamResultBatch.prototype.gaps = $util.emptyArray;

            /**
             * Sightings. At most 5000.
             * @member {Array.<guardimesh.v1.FileSighting.$Properties>} sightings
             * @memberof guardimesh.v1.ClamResultBatch
             * @instance
             */
            ClamResultBatch.prototype.sightings = $util.emptyArray;

            /**
             * Creates a new ClamResultBatch instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ClamResultBatch
             * @static
             * @param {guardimesh.v1.ClamResultBatch.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ClamResultBatch} ClamResultBatch instance
             * @type {{
             *   (properties: guardimesh.v1.ClamResultBatch.$Shape): guardimesh.v1.ClamResultBatch & guardimesh.v1.ClamResultBatch.$Shape;
             *   (properties?: guardimesh.v1.ClamResultBatch.$Properties): guardimesh.v1.ClamResultBatch;
             * }}
             */
            ClamResultBatch.create = function(properties) {
                return new ClamResultBatch(properties);
            };

            /**
             * Encodes the specified ClamResultBatch message. Does not implicitly {@link guardimesh.v1.ClamResultBatch.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ClamResultBatch
             * @static
             * @param {guardimesh.v1.ClamResultBatch.$Properties} message ClamResultBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClamResultBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.results != null && message.results.length)
                    for (let i = 0; i < message.results.length; ++i)
                        $root.guardimesh.v1.ClamResult.encode(message.results[i], writer.uint32(/* id 101, wireType 2 =*/810).fork(), _depth + 1).ldelim();
                if (message.gaps != null && message.gaps.length)
                    for (let i = 0; i < message.gaps.length; ++i)
                        $root.guardimesh.v1.Gap.encode(message.gaps[i], writer.uint32(/* id 102, wireType 2 =*/818).fork(), _depth + 1).ldelim();
                if (message.sightings != null && message.sightings.length)
                    for (let i = 0; i < message.sightings.length; ++i)
                        $root.guardimesh.v1.FileSighting.encode(message.sightings[i], writer.uint32(/* id 103, wireType 2 =*/826).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClamResultBatch message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ClamResultBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ClamResultBatch & guardimesh.v1.ClamResultBatch.$Shape} ClamResultBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClamResultBatch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ClamResultBatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 101: {
                            if (wireType !== 2)
                                break;
                            if (!(message.results && message.results.length))
                                message.results = [];
                            message.results.push($root.guardimesh.v1.ClamResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 102: {
                            if (wireType !== 2)
                                break;
                            if (!(message.gaps && message.gaps.length))
                                message.gaps = [];
                            message.gaps.push($root.guardimesh.v1.Gap.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 103: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sightings && message.sightings.length))
                                message.sightings = [];
                            message.sightings.push($root.guardimesh.v1.FileSighting.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ClamResultBatch;
        })();

        v1.ContainerMount = (function() {

            /**
             * Properties of a ContainerMount.
             * @typedef {Object} guardimesh.v1.ContainerMount.$Properties
             * @property {string|null} [source] Path on the node.
             * @property {string|null} [destination] Path in the container.
             * @property {string|null} [type] "bind", "volume", "tmpfs" and others, as reported by the runtime.
             * @property {boolean|null} [readOnly] True if the mount is read-only for the container.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerMount.
             * @memberof guardimesh.v1
             * @interface IContainerMount
             * @augments guardimesh.v1.ContainerMount.$Properties
             * @deprecated Use guardimesh.v1.ContainerMount.$Properties instead.
             */

            /**
             * Shape of a ContainerMount.
             * @typedef {guardimesh.v1.ContainerMount.$Properties} guardimesh.v1.ContainerMount.$Shape
             */

            /**
             * Constructs a new ContainerMount.
             * @memberof guardimesh.v1
             * @classdesc A mount of a container.
             * @constructor
             * @param {guardimesh.v1.ContainerMount.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerMount = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Path on the node.
             * @member {string} source
             * @memberof guardimesh.v1.ContainerMount
             * @instance
             */
            ContainerMount.prototype.source = "";

            /**
             * Path in the container.
             * @member {string} destination
             * @memberof guardimesh.v1.ContainerMount
             * @instance
             */
            ContainerMount.prototype.destination = "";

            /**
             * "bind", "volume", "tmpfs" and others, as reported by the runtime.
             * @member {string} type
             * @memberof guardimesh.v1.ContainerMount
             * @instance
             */
            ContainerMount.prototype.type = "";

            /**
             * True if the mount is read-only for the container.
             * @member {boolean} readOnly
             * @memberof guardimesh.v1.ContainerMount
             * @instance
             */
            ContainerMount.prototype.readOnly = false;

            /**
             * Creates a new ContainerMount instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ContainerMount
             * @static
             * @param {guardimesh.v1.ContainerMount.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ContainerMount} ContainerMount instance
             * @type {{
             *   (properties: guardimesh.v1.ContainerMount.$Shape): guardimesh.v1.ContainerMount & guardimesh.v1.ContainerMount.$Shape;
             *   (properties?: guardimesh.v1.ContainerMount.$Properties): guardimesh.v1.ContainerMount;
             * }}
             */
            ContainerMount.create = function(properties) {
                return new ContainerMount(properties);
            };

            /**
             * Encodes the specified ContainerMount message. Does not implicitly {@link guardimesh.v1.ContainerMount.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ContainerMount
             * @static
             * @param {guardimesh.v1.ContainerMount.$Properties} message ContainerMount message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerMount.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.destination);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.type);
                if (message.readOnly != null && $Object.hasOwnProperty.call(message, "readOnly") && message.readOnly !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.readOnly);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerMount message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ContainerMount
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerMount & guardimesh.v1.ContainerMount.$Shape} ContainerMount
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerMount.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ContainerMount();
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
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.readOnly = value;
                            else
                                delete message.readOnly;
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

            return ContainerMount;
        })();

        v1.ContainerInfo = (function() {

            /**
             * Properties of a ContainerInfo.
             * @typedef {Object} guardimesh.v1.ContainerInfo.$Properties
             * @property {string|null} [containerId] Id in the runtime.
             * @property {string|null} [containerName] Name in the pod, or the container's own name.
             * @property {string|null} [namespace] Namespace of the pod; empty outside Kubernetes.
             * @property {string|null} [podName] Name of the pod; empty outside Kubernetes.
             * @property {string|null} [podUid] UID of the pod.
             * @property {string|null} [podIp] IP address of the pod.
             * @property {string|null} [image] Image reference in the pod specification.
             * @property {string|null} [imageDigest] Digest of the image, "sha256:…".
             * @property {number|null} [pid] First process of the container, in the node's PID namespace; 0 if the container is not running.
             * @property {string|null} [snapshotter] Snapshotter or storage driver.
             * @property {string|null} [upperdir] Writable layer, a path on the node; empty when unsupported.
             * @property {Array.<string>|null} [lowerdirs] Read-only layers, topmost first.
             * @property {Array.<guardimesh.v1.ContainerMount.$Properties>|null} [mounts] Mounts of the container.
             * @property {string|null} [unsupportedReason] Reason why the layers cannot be read; empty if they can be read.
             * @property {number|null} [startedAtMs] Start of the container, Unix time in milliseconds; 0 when unknown.
             * @property {boolean|null} [sandbox] True for the infrastructure container of a pod.
             * @property {boolean|null} [unmanaged] True for a container that the runtime's Kubernetes interface does not list, for example one started with ctr or nerdctl.
             * @property {Array.<string>|null} [layerDigests] Diff ids of `lowerdirs`, in the same order, "sha256:…"; empty text for a layer whose diff id is unknown.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerInfo.
             * @memberof guardimesh.v1
             * @interface IContainerInfo
             * @augments guardimesh.v1.ContainerInfo.$Properties
             * @deprecated Use guardimesh.v1.ContainerInfo.$Properties instead.
             */

            /**
             * Shape of a ContainerInfo.
             * @typedef {guardimesh.v1.ContainerInfo.$Properties} guardimesh.v1.ContainerInfo.$Shape
             */

            /**
             * Constructs a new ContainerInfo.
             * @memberof guardimesh.v1
             * @classdesc A container. Labels, annotations and environment are not included, because they may contain secrets.
             * @constructor
             * @param {guardimesh.v1.ContainerInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerInfo = function (properties) {
                this.lowerdirs = [];
                this.mounts = [];
                this.layerDigests = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id in the runtime.
             * @member {string} containerId
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.containerId = "";

            /**
             * Name in the pod, or the container's own name.
             * @member {string} containerName
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.containerName = "";

            /**
             * Namespace of the pod; empty outside Kubernetes.
             * @member {string} namespace
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.namespace = "";

            /**
             * Name of the pod; empty outside Kubernetes.
             * @member {string} podName
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.podName = "";

            /**
             * UID of the pod.
             * @member {string} podUid
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.podUid = "";

            /**
             * IP address of the pod.
             * @member {string} podIp
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.podIp = "";

            /**
             * Image reference in the pod specification.
             * @member {string} image
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.image = "";

            /**
             * Digest of the image, "sha256:…".
             * @member {string} imageDigest
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.imageDigest = "";

            /**
             * First process of the container, in the node's PID namespace; 0 if the container is not running.
             * @member {number} pid
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.pid = 0;

            /**
             * Snapshotter or storage driver.
             * @member {string} snapshotter
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.snapshotter = "";

            /**
             * Writable layer, a path on the node; empty when unsupported.
             * @member {string} upperdir
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.upperdir = "";

            /**
             * Read-only layers, topmost first.
             * @member {Array.<string>} lowerdirs
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.lowerdirs = $util.emptyArray;

            /**
             * Mounts of the container.
             * @member {Array.<guardimesh.v1.ContainerMount.$Properties>} mounts
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.mounts = $util.emptyArray;

            /**
             * Reason why the layers cannot be read; empty if they can be read.
             * @member {string} unsupportedReason
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.unsupportedReason = "";

            /**
             * Start of the container, Unix time in milliseconds; 0 when unknown.
             * @member {number} startedAtMs
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * True for the infrastructure container of a pod.
             * @member {boolean} sandbox
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.sandbox = false;

            /**
             * True for a container that the runtime's Kubernetes interface does not list, for example one started with ctr or nerdctl.
             * @member {boolean} unmanaged
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.unmanaged = false;

            /**
             * Diff ids of `lowerdirs`, in the same order, "sha256:…"; empty text for a layer whose diff id is unknown.
             * @member {Array.<string>} layerDigests
             * @memberof guardimesh.v1.ContainerInfo
             * @instance
             */
            ContainerInfo.prototype.layerDigests = $util.emptyArray;

            /**
             * Creates a new ContainerInfo instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ContainerInfo
             * @static
             * @param {guardimesh.v1.ContainerInfo.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ContainerInfo} ContainerInfo instance
             * @type {{
             *   (properties: guardimesh.v1.ContainerInfo.$Shape): guardimesh.v1.ContainerInfo & guardimesh.v1.ContainerInfo.$Shape;
             *   (properties?: guardimesh.v1.ContainerInfo.$Properties): guardimesh.v1.ContainerInfo;
             * }}
             */
            ContainerInfo.create = function(properties) {
                return new ContainerInfo(properties);
            };

            /**
             * Encodes the specified ContainerInfo message. Does not implicitly {@link guardimesh.v1.ContainerInfo.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ContainerInfo
             * @static
             * @param {guardimesh.v1.ContainerInfo.$Properties} message ContainerInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.containerName != null && $Object.hasOwnProperty.call(message, "containerName") && message.containerName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.containerName);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.podName);
                if (message.podUid != null && $Object.hasOwnProperty.call(message, "podUid") && message.podUid !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.podUid);
                if (message.podIp != null && $Object.hasOwnProperty.call(message, "podIp") && message.podIp !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.podIp);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.image);
                if (message.imageDigest != null && $Object.hasOwnProperty.call(message, "imageDigest") && message.imageDigest !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.imageDigest);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.pid);
                if (message.snapshotter != null && $Object.hasOwnProperty.call(message, "snapshotter") && message.snapshotter !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.snapshotter);
                if (message.upperdir != null && $Object.hasOwnProperty.call(message, "upperdir") && message.upperdir !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.upperdir);
                if (message.lowerdirs != null && message.lowerdirs.length)
                    for (let i = 0; i < message.lowerdirs.length; ++i)
                        writer.uint32(/* id 12, wireType 2 =*/98).string(message.lowerdirs[i]);
                if (message.mounts != null && message.mounts.length)
                    for (let i = 0; i < message.mounts.length; ++i)
                        $root.guardimesh.v1.ContainerMount.encode(message.mounts[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.unsupportedReason != null && $Object.hasOwnProperty.call(message, "unsupportedReason") && message.unsupportedReason !== "")
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.unsupportedReason);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.startedAtMs);
                if (message.sandbox != null && $Object.hasOwnProperty.call(message, "sandbox") && message.sandbox !== false)
                    writer.uint32(/* id 16, wireType 0 =*/128).bool(message.sandbox);
                if (message.unmanaged != null && $Object.hasOwnProperty.call(message, "unmanaged") && message.unmanaged !== false)
                    writer.uint32(/* id 17, wireType 0 =*/136).bool(message.unmanaged);
                if (message.layerDigests != null && message.layerDigests.length)
                    for (let i = 0; i < message.layerDigests.length; ++i)
                        writer.uint32(/* id 20, wireType 2 =*/162).string(message.layerDigests[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerInfo message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ContainerInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerInfo & guardimesh.v1.ContainerInfo.$Shape} ContainerInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerInfo.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ContainerInfo();
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
                            if ((value = reader.stringVerify()).length)
                                message.containerName = value;
                            else
                                delete message.containerName;
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podUid = value;
                            else
                                delete message.podUid;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podIp = value;
                            else
                                delete message.podIp;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.imageDigest = value;
                            else
                                delete message.imageDigest;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.snapshotter = value;
                            else
                                delete message.snapshotter;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.upperdir = value;
                            else
                                delete message.upperdir;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.lowerdirs && message.lowerdirs.length))
                                message.lowerdirs = [];
                            message.lowerdirs.push(reader.stringVerify());
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.mounts && message.mounts.length))
                                message.mounts = [];
                            message.mounts.push($root.guardimesh.v1.ContainerMount.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.unsupportedReason = value;
                            else
                                delete message.unsupportedReason;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.sandbox = value;
                            else
                                delete message.sandbox;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.unmanaged = value;
                            else
                                delete message.unmanaged;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            if (!(message.layerDigests && message.layerDigests.length))
                                message.layerDigests = [];
                            message.layerDigests.push(reader.stringVerify());
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

            return ContainerInfo;
        })();

        v1.RuntimeStatus = (function() {

            /**
             * Properties of a RuntimeStatus.
             * @typedef {Object} guardimesh.v1.RuntimeStatus.$Properties
             * @property {string|null} [kind] "containerd", "cri-o" or "docker".
             * @property {string|null} [version] Version of the runtime.
             * @property {string|null} [endpoint] Address of its socket, "unix:///run/containerd/containerd.sock".
             * @property {string|null} [reason] Reason for the choice, one sentence.
             * @property {boolean|null} [reachable] True when the last request to it succeeded.
             * @property {string|null} [error] Reason why the last request failed, one sentence.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RuntimeStatus.
             * @memberof guardimesh.v1
             * @interface IRuntimeStatus
             * @augments guardimesh.v1.RuntimeStatus.$Properties
             * @deprecated Use guardimesh.v1.RuntimeStatus.$Properties instead.
             */

            /**
             * Shape of a RuntimeStatus.
             * @typedef {guardimesh.v1.RuntimeStatus.$Properties} guardimesh.v1.RuntimeStatus.$Shape
             */

            /**
             * Constructs a new RuntimeStatus.
             * @memberof guardimesh.v1
             * @classdesc The container runtime that the inspector uses.
             * @constructor
             * @param {guardimesh.v1.RuntimeStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RuntimeStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * "containerd", "cri-o" or "docker".
             * @member {string} kind
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.kind = "";

            /**
             * Version of the runtime.
             * @member {string} version
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.version = "";

            /**
             * Address of its socket, "unix:///run/containerd/containerd.sock".
             * @member {string} endpoint
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.endpoint = "";

            /**
             * Reason for the choice, one sentence.
             * @member {string} reason
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.reason = "";

            /**
             * True when the last request to it succeeded.
             * @member {boolean} reachable
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.reachable = false;

            /**
             * Reason why the last request failed, one sentence.
             * @member {string} error
             * @memberof guardimesh.v1.RuntimeStatus
             * @instance
             */
            RuntimeStatus.prototype.error = "";

            /**
             * Creates a new RuntimeStatus instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.RuntimeStatus
             * @static
             * @param {guardimesh.v1.RuntimeStatus.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.RuntimeStatus} RuntimeStatus instance
             * @type {{
             *   (properties: guardimesh.v1.RuntimeStatus.$Shape): guardimesh.v1.RuntimeStatus & guardimesh.v1.RuntimeStatus.$Shape;
             *   (properties?: guardimesh.v1.RuntimeStatus.$Properties): guardimesh.v1.RuntimeStatus;
             * }}
             */
            RuntimeStatus.create = function(properties) {
                return new RuntimeStatus(properties);
            };

            /**
             * Encodes the specified RuntimeStatus message. Does not implicitly {@link guardimesh.v1.RuntimeStatus.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.RuntimeStatus
             * @static
             * @param {guardimesh.v1.RuntimeStatus.$Properties} message RuntimeStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RuntimeStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.endpoint != null && $Object.hasOwnProperty.call(message, "endpoint") && message.endpoint !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.endpoint);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.reachable != null && $Object.hasOwnProperty.call(message, "reachable") && message.reachable !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.reachable);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.error);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RuntimeStatus message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.RuntimeStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.RuntimeStatus & guardimesh.v1.RuntimeStatus.$Shape} RuntimeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RuntimeStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.RuntimeStatus();
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
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.endpoint = value;
                            else
                                delete message.endpoint;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.reachable = value;
                            else
                                delete message.reachable;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.error = value;
                            else
                                delete message.error;
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

            return RuntimeStatus;
        })();

        v1.ListContainersRequest = (function() {

            /**
             * Properties of a ListContainersRequest.
             * @typedef {Object} guardimesh.v1.ListContainersRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListContainersRequest.
             * @memberof guardimesh.v1
             * @interface IListContainersRequest
             * @augments guardimesh.v1.ListContainersRequest.$Properties
             * @deprecated Use guardimesh.v1.ListContainersRequest.$Properties instead.
             */

            /**
             * Shape of a ListContainersRequest.
             * @typedef {guardimesh.v1.ListContainersRequest.$Properties} guardimesh.v1.ListContainersRequest.$Shape
             */

            /**
             * Constructs a new ListContainersRequest.
             * @memberof guardimesh.v1
             * @classdesc Requests all running containers.
             * @constructor
             * @param {guardimesh.v1.ListContainersRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListContainersRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ListContainersRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ListContainersRequest
             * @static
             * @param {guardimesh.v1.ListContainersRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ListContainersRequest} ListContainersRequest instance
             * @type {{
             *   (properties: guardimesh.v1.ListContainersRequest.$Shape): guardimesh.v1.ListContainersRequest & guardimesh.v1.ListContainersRequest.$Shape;
             *   (properties?: guardimesh.v1.ListContainersRequest.$Properties): guardimesh.v1.ListContainersRequest;
             * }}
             */
            ListContainersRequest.create = function(properties) {
                return new ListContainersRequest(properties);
            };

            /**
             * Encodes the specified ListContainersRequest message. Does not implicitly {@link guardimesh.v1.ListContainersRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ListContainersRequest
             * @static
             * @param {guardimesh.v1.ListContainersRequest.$Properties} message ListContainersRequest message or plain object to encode
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
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListContainersRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ListContainersRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ListContainersRequest & guardimesh.v1.ListContainersRequest.$Shape} ListContainersRequest
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
                message = _target || new $root.guardimesh.v1.ListContainersRequest();
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

            return ListContainersRequest;
        })();

        v1.GetContainerRequest = (function() {

            /**
             * Properties of a GetContainerRequest.
             * @typedef {Object} guardimesh.v1.GetContainerRequest.$Properties
             * @property {string|null} [containerId] Id in the runtime, or an unambiguous prefix of it.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetContainerRequest.
             * @memberof guardimesh.v1
             * @interface IGetContainerRequest
             * @augments guardimesh.v1.GetContainerRequest.$Properties
             * @deprecated Use guardimesh.v1.GetContainerRequest.$Properties instead.
             */

            /**
             * Shape of a GetContainerRequest.
             * @typedef {guardimesh.v1.GetContainerRequest.$Properties} guardimesh.v1.GetContainerRequest.$Shape
             */

            /**
             * Constructs a new GetContainerRequest.
             * @memberof guardimesh.v1
             * @classdesc Requests one container.
             * @constructor
             * @param {guardimesh.v1.GetContainerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetContainerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id in the runtime, or an unambiguous prefix of it.
             * @member {string} containerId
             * @memberof guardimesh.v1.GetContainerRequest
             * @instance
             */
            GetContainerRequest.prototype.containerId = "";

            /**
             * Creates a new GetContainerRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.GetContainerRequest
             * @static
             * @param {guardimesh.v1.GetContainerRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.GetContainerRequest} GetContainerRequest instance
             * @type {{
             *   (properties: guardimesh.v1.GetContainerRequest.$Shape): guardimesh.v1.GetContainerRequest & guardimesh.v1.GetContainerRequest.$Shape;
             *   (properties?: guardimesh.v1.GetContainerRequest.$Properties): guardimesh.v1.GetContainerRequest;
             * }}
             */
            GetContainerRequest.create = function(properties) {
                return new GetContainerRequest(properties);
            };

            /**
             * Encodes the specified GetContainerRequest message. Does not implicitly {@link guardimesh.v1.GetContainerRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.GetContainerRequest
             * @static
             * @param {guardimesh.v1.GetContainerRequest.$Properties} message GetContainerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetContainerRequest.encode = function (message, writer, _depth) {
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
             * Decodes a GetContainerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.GetContainerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetContainerRequest & guardimesh.v1.GetContainerRequest.$Shape} GetContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetContainerRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.GetContainerRequest();
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

            return GetContainerRequest;
        })();

        v1.WatchContainersRequest = (function() {

            /**
             * Properties of a WatchContainersRequest.
             * @typedef {Object} guardimesh.v1.WatchContainersRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WatchContainersRequest.
             * @memberof guardimesh.v1
             * @interface IWatchContainersRequest
             * @augments guardimesh.v1.WatchContainersRequest.$Properties
             * @deprecated Use guardimesh.v1.WatchContainersRequest.$Properties instead.
             */

            /**
             * Shape of a WatchContainersRequest.
             * @typedef {guardimesh.v1.WatchContainersRequest.$Properties} guardimesh.v1.WatchContainersRequest.$Shape
             */

            /**
             * Constructs a new WatchContainersRequest.
             * @memberof guardimesh.v1
             * @classdesc Requests all running containers, followed by every change.
             * @constructor
             * @param {guardimesh.v1.WatchContainersRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WatchContainersRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new WatchContainersRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.WatchContainersRequest
             * @static
             * @param {guardimesh.v1.WatchContainersRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.WatchContainersRequest} WatchContainersRequest instance
             * @type {{
             *   (properties: guardimesh.v1.WatchContainersRequest.$Shape): guardimesh.v1.WatchContainersRequest & guardimesh.v1.WatchContainersRequest.$Shape;
             *   (properties?: guardimesh.v1.WatchContainersRequest.$Properties): guardimesh.v1.WatchContainersRequest;
             * }}
             */
            WatchContainersRequest.create = function(properties) {
                return new WatchContainersRequest(properties);
            };

            /**
             * Encodes the specified WatchContainersRequest message. Does not implicitly {@link guardimesh.v1.WatchContainersRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.WatchContainersRequest
             * @static
             * @param {guardimesh.v1.WatchContainersRequest.$Properties} message WatchContainersRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WatchContainersRequest.encode = function (message, writer, _depth) {
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
             * Decodes a WatchContainersRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.WatchContainersRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.WatchContainersRequest & guardimesh.v1.WatchContainersRequest.$Shape} WatchContainersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WatchContainersRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.WatchContainersRequest();
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

            return WatchContainersRequest;
        })();

        v1.GetRuntimeRequest = (function() {

            /**
             * Properties of a GetRuntimeRequest.
             * @typedef {Object} guardimesh.v1.GetRuntimeRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetRuntimeRequest.
             * @memberof guardimesh.v1
             * @interface IGetRuntimeRequest
             * @augments guardimesh.v1.GetRuntimeRequest.$Properties
             * @deprecated Use guardimesh.v1.GetRuntimeRequest.$Properties instead.
             */

            /**
             * Shape of a GetRuntimeRequest.
             * @typedef {guardimesh.v1.GetRuntimeRequest.$Properties} guardimesh.v1.GetRuntimeRequest.$Shape
             */

            /**
             * Constructs a new GetRuntimeRequest.
             * @memberof guardimesh.v1
             * @classdesc Requests the status of the runtime.
             * @constructor
             * @param {guardimesh.v1.GetRuntimeRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetRuntimeRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new GetRuntimeRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.GetRuntimeRequest
             * @static
             * @param {guardimesh.v1.GetRuntimeRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.GetRuntimeRequest} GetRuntimeRequest instance
             * @type {{
             *   (properties: guardimesh.v1.GetRuntimeRequest.$Shape): guardimesh.v1.GetRuntimeRequest & guardimesh.v1.GetRuntimeRequest.$Shape;
             *   (properties?: guardimesh.v1.GetRuntimeRequest.$Properties): guardimesh.v1.GetRuntimeRequest;
             * }}
             */
            GetRuntimeRequest.create = function(properties) {
                return new GetRuntimeRequest(properties);
            };

            /**
             * Encodes the specified GetRuntimeRequest message. Does not implicitly {@link guardimesh.v1.GetRuntimeRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.GetRuntimeRequest
             * @static
             * @param {guardimesh.v1.GetRuntimeRequest.$Properties} message GetRuntimeRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetRuntimeRequest.encode = function (message, writer, _depth) {
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
             * Decodes a GetRuntimeRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.GetRuntimeRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetRuntimeRequest & guardimesh.v1.GetRuntimeRequest.$Shape} GetRuntimeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetRuntimeRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.GetRuntimeRequest();
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

            return GetRuntimeRequest;
        })();

        v1.InspectorRequest = (function() {

            /**
             * Properties of an InspectorRequest.
             * @typedef {Object} guardimesh.v1.InspectorRequest.$Properties
             * @property {number|null} [requestId] Chosen by the client; repeated in every response.
             * @property {guardimesh.v1.ListContainersRequest.$Properties|null} [listContainers] Requests all running containers.
             * @property {guardimesh.v1.GetContainerRequest.$Properties|null} [getContainer] Requests one container.
             * @property {guardimesh.v1.WatchContainersRequest.$Properties|null} [watchContainers] Requests all running containers, followed by every change.
             * @property {guardimesh.v1.GetRuntimeRequest.$Properties|null} [getRuntime] Requests the status of the runtime.
             * @property {"listContainers"|"getContainer"|"watchContainers"|"getRuntime"} [question] InspectorRequest question
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InspectorRequest.
             * @memberof guardimesh.v1
             * @interface IInspectorRequest
             * @augments guardimesh.v1.InspectorRequest.$Properties
             * @deprecated Use guardimesh.v1.InspectorRequest.$Properties instead.
             */

            /**
             * Narrowed shape of an InspectorRequest.
             * @typedef {{
             *   requestId?: number|null;
             *   listContainers?: guardimesh.v1.ListContainersRequest.$Shape|null;
             *   getContainer?: guardimesh.v1.GetContainerRequest.$Shape|null;
             *   watchContainers?: guardimesh.v1.WatchContainersRequest.$Shape|null;
             *   getRuntime?: guardimesh.v1.GetRuntimeRequest.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ question?: undefined; listContainers?: null; getContainer?: null; watchContainers?: null; getRuntime?: null }|{ question?: "listContainers"; listContainers: guardimesh.v1.ListContainersRequest.$Shape; getContainer?: null; watchContainers?: null; getRuntime?: null }|{ question?: "getContainer"; listContainers?: null; getContainer: guardimesh.v1.GetContainerRequest.$Shape; watchContainers?: null; getRuntime?: null }|{ question?: "watchContainers"; listContainers?: null; getContainer?: null; watchContainers: guardimesh.v1.WatchContainersRequest.$Shape; getRuntime?: null }|{ question?: "getRuntime"; listContainers?: null; getContainer?: null; watchContainers?: null; getRuntime: guardimesh.v1.GetRuntimeRequest.$Shape })
             * )} guardimesh.v1.InspectorRequest.$Shape
             */

            /**
             * Constructs a new InspectorRequest.
             * @memberof guardimesh.v1
             * @classdesc Request to the inspector.
             * @constructor
             * @param {guardimesh.v1.InspectorRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InspectorRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chosen by the client; repeated in every response.
             * @member {number} requestId
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            InspectorRequest.prototype.requestId = 0;

            /**
             * Requests all running containers.
             * @member {guardimesh.v1.ListContainersRequest.$Properties|null|undefined} listContainers
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            InspectorRequest.prototype.listContainers = null;

            /**
             * Requests one container.
             * @member {guardimesh.v1.GetContainerRequest.$Properties|null|undefined} getContainer
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            InspectorRequest.prototype.getContainer = null;

            /**
             * Requests all running containers, followed by every change.
             * @member {guardimesh.v1.WatchContainersRequest.$Properties|null|undefined} watchContainers
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            InspectorRequest.prototype.watchContainers = null;

            /**
             * Requests the status of the runtime.
             * @member {guardimesh.v1.GetRuntimeRequest.$Properties|null|undefined} getRuntime
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            InspectorRequest.prototype.getRuntime = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * InspectorRequest question.
             * @member {"listContainers"|"getContainer"|"watchContainers"|"getRuntime"|undefined} question
             * @memberof guardimesh.v1.InspectorRequest
             * @instance
             */
            $Object.defineProperty(InspectorRequest.prototype, "question", {
                get: $util.oneOfGetter($oneOfFields = ["listContainers", "getContainer", "watchContainers", "getRuntime"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new InspectorRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.InspectorRequest
             * @static
             * @param {guardimesh.v1.InspectorRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.InspectorRequest} InspectorRequest instance
             * @type {{
             *   (properties: guardimesh.v1.InspectorRequest.$Shape): guardimesh.v1.InspectorRequest & guardimesh.v1.InspectorRequest.$Shape;
             *   (properties?: guardimesh.v1.InspectorRequest.$Properties): guardimesh.v1.InspectorRequest;
             * }}
             */
            InspectorRequest.create = function(properties) {
                return new InspectorRequest(properties);
            };

            /**
             * Encodes the specified InspectorRequest message. Does not implicitly {@link guardimesh.v1.InspectorRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.InspectorRequest
             * @static
             * @param {guardimesh.v1.InspectorRequest.$Properties} message InspectorRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InspectorRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.listContainers != null && $Object.hasOwnProperty.call(message, "listContainers"))
                    $root.guardimesh.v1.ListContainersRequest.encode(message.listContainers, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.getContainer != null && $Object.hasOwnProperty.call(message, "getContainer"))
                    $root.guardimesh.v1.GetContainerRequest.encode(message.getContainer, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.watchContainers != null && $Object.hasOwnProperty.call(message, "watchContainers"))
                    $root.guardimesh.v1.WatchContainersRequest.encode(message.watchContainers, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.getRuntime != null && $Object.hasOwnProperty.call(message, "getRuntime"))
                    $root.guardimesh.v1.GetRuntimeRequest.encode(message.getRuntime, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InspectorRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.InspectorRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.InspectorRequest & guardimesh.v1.InspectorRequest.$Shape} InspectorRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InspectorRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.InspectorRequest();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.listContainers = $root.guardimesh.v1.ListContainersRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.listContainers);
                            message.question = "listContainers";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.getContainer = $root.guardimesh.v1.GetContainerRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.getContainer);
                            message.question = "getContainer";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.watchContainers = $root.guardimesh.v1.WatchContainersRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.watchContainers);
                            message.question = "watchContainers";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.getRuntime = $root.guardimesh.v1.GetRuntimeRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.getRuntime);
                            message.question = "getRuntime";
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

            return InspectorRequest;
        })();

        v1.ContainerList = (function() {

            /**
             * Properties of a ContainerList.
             * @typedef {Object} guardimesh.v1.ContainerList.$Properties
             * @property {Array.<guardimesh.v1.ContainerInfo.$Properties>|null} [containers] The containers.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerList.
             * @memberof guardimesh.v1
             * @interface IContainerList
             * @augments guardimesh.v1.ContainerList.$Properties
             * @deprecated Use guardimesh.v1.ContainerList.$Properties instead.
             */

            /**
             * Shape of a ContainerList.
             * @typedef {guardimesh.v1.ContainerList.$Properties} guardimesh.v1.ContainerList.$Shape
             */

            /**
             * Constructs a new ContainerList.
             * @memberof guardimesh.v1
             * @classdesc List of containers.
             * @constructor
             * @param {guardimesh.v1.ContainerList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerList = function (properties) {
                this.containers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The containers.
             * @member {Array.<guardimesh.v1.ContainerInfo.$Properties>} containers
             * @memberof guardimesh.v1.ContainerList
             * @instance
             */
            ContainerList.prototype.containers = $util.emptyArray;

            /**
             * Creates a new ContainerList instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ContainerList
             * @static
             * @param {guardimesh.v1.ContainerList.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ContainerList} ContainerList instance
             * @type {{
             *   (properties: guardimesh.v1.ContainerList.$Shape): guardimesh.v1.ContainerList & guardimesh.v1.ContainerList.$Shape;
             *   (properties?: guardimesh.v1.ContainerList.$Properties): guardimesh.v1.ContainerList;
             * }}
             */
            ContainerList.create = function(properties) {
                return new ContainerList(properties);
            };

            /**
             * Encodes the specified ContainerList message. Does not implicitly {@link guardimesh.v1.ContainerList.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ContainerList
             * @static
             * @param {guardimesh.v1.ContainerList.$Properties} message ContainerList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containers != null && message.containers.length)
                    for (let i = 0; i < message.containers.length; ++i)
                        $root.guardimesh.v1.ContainerInfo.encode(message.containers[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerList message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ContainerList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerList & guardimesh.v1.ContainerList.$Shape} ContainerList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerList.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ContainerList();
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
                            message.containers.push($root.guardimesh.v1.ContainerInfo.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ContainerList;
        })();

        v1.ContainerChange = (function() {

            /**
             * Properties of a ContainerChange.
             * @typedef {Object} guardimesh.v1.ContainerChange.$Properties
             * @property {guardimesh.v1.ContainerInfo.$Properties|null} [started] A container that has started, or was already running.
             * @property {string|null} [stoppedContainerId] Id of a container that has stopped.
             * @property {boolean|null} [synced] Sent once, after all containers that were already running.
             * @property {guardimesh.v1.ContainerInfo.$Properties|null} [endedUnseen] A container that ended before its start was reported. Fields that are not known are empty.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerChange.
             * @memberof guardimesh.v1
             * @interface IContainerChange
             * @augments guardimesh.v1.ContainerChange.$Properties
             * @deprecated Use guardimesh.v1.ContainerChange.$Properties instead.
             */

            /**
             * Shape of a ContainerChange.
             * @typedef {guardimesh.v1.ContainerChange.$Properties} guardimesh.v1.ContainerChange.$Shape
             */

            /**
             * Constructs a new ContainerChange.
             * @memberof guardimesh.v1
             * @classdesc A change of the running containers.
             * @constructor
             * @param {guardimesh.v1.ContainerChange.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerChange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * A container that has started, or was already running.
             * @member {guardimesh.v1.ContainerInfo.$Properties|null|undefined} started
             * @memberof guardimesh.v1.ContainerChange
             * @instance
             */
            ContainerChange.prototype.started = null;

            /**
             * Id of a container that has stopped.
             * @member {string} stoppedContainerId
             * @memberof guardimesh.v1.ContainerChange
             * @instance
             */
            ContainerChange.prototype.stoppedContainerId = "";

            /**
             * Sent once, after all containers that were already running.
             * @member {boolean} synced
             * @memberof guardimesh.v1.ContainerChange
             * @instance
             */
            ContainerChange.prototype.synced = false;

            /**
             * A container that ended before its start was reported. Fields that are not known are empty.
             * @member {guardimesh.v1.ContainerInfo.$Properties|null|undefined} endedUnseen
             * @memberof guardimesh.v1.ContainerChange
             * @instance
             */
            ContainerChange.prototype.endedUnseen = null;

            /**
             * Creates a new ContainerChange instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ContainerChange
             * @static
             * @param {guardimesh.v1.ContainerChange.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ContainerChange} ContainerChange instance
             * @type {{
             *   (properties: guardimesh.v1.ContainerChange.$Shape): guardimesh.v1.ContainerChange & guardimesh.v1.ContainerChange.$Shape;
             *   (properties?: guardimesh.v1.ContainerChange.$Properties): guardimesh.v1.ContainerChange;
             * }}
             */
            ContainerChange.create = function(properties) {
                return new ContainerChange(properties);
            };

            /**
             * Encodes the specified ContainerChange message. Does not implicitly {@link guardimesh.v1.ContainerChange.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ContainerChange
             * @static
             * @param {guardimesh.v1.ContainerChange.$Properties} message ContainerChange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerChange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.started != null && $Object.hasOwnProperty.call(message, "started"))
                    $root.guardimesh.v1.ContainerInfo.encode(message.started, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.stoppedContainerId != null && $Object.hasOwnProperty.call(message, "stoppedContainerId") && message.stoppedContainerId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.stoppedContainerId);
                if (message.synced != null && $Object.hasOwnProperty.call(message, "synced") && message.synced !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.synced);
                if (message.endedUnseen != null && $Object.hasOwnProperty.call(message, "endedUnseen"))
                    $root.guardimesh.v1.ContainerInfo.encode(message.endedUnseen, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerChange message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ContainerChange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerChange & guardimesh.v1.ContainerChange.$Shape} ContainerChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerChange.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ContainerChange();
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
                            message.started = $root.guardimesh.v1.ContainerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.started);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.stoppedContainerId = value;
                            else
                                delete message.stoppedContainerId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.synced = value;
                            else
                                delete message.synced;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.endedUnseen = $root.guardimesh.v1.ContainerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.endedUnseen);
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

            return ContainerChange;
        })();

        v1.IpcError = (function() {

            /**
             * Properties of an IpcError.
             * @typedef {Object} guardimesh.v1.IpcError.$Properties
             * @property {string|null} [code] A code of contracts/src/errors/api-codes.ts or kit/src/errors/node-codes.ts.
             * @property {string|null} [message] One sentence.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IpcError.
             * @memberof guardimesh.v1
             * @interface IIpcError
             * @augments guardimesh.v1.IpcError.$Properties
             * @deprecated Use guardimesh.v1.IpcError.$Properties instead.
             */

            /**
             * Shape of an IpcError.
             * @typedef {guardimesh.v1.IpcError.$Properties} guardimesh.v1.IpcError.$Shape
             */

            /**
             * Constructs a new IpcError.
             * @memberof guardimesh.v1
             * @classdesc An error.
             * @constructor
             * @param {guardimesh.v1.IpcError.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IpcError = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * A code of contracts/src/errors/api-codes.ts or kit/src/errors/node-codes.ts.
             * @member {string} code
             * @memberof guardimesh.v1.IpcError
             * @instance
             */
            IpcError.prototype.code = "";

            /**
             * One sentence.
             * @member {string} message
             * @memberof guardimesh.v1.IpcError
             * @instance
             */
            IpcError.prototype.message = "";

            /**
             * Creates a new IpcError instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.IpcError
             * @static
             * @param {guardimesh.v1.IpcError.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.IpcError} IpcError instance
             * @type {{
             *   (properties: guardimesh.v1.IpcError.$Shape): guardimesh.v1.IpcError & guardimesh.v1.IpcError.$Shape;
             *   (properties?: guardimesh.v1.IpcError.$Properties): guardimesh.v1.IpcError;
             * }}
             */
            IpcError.create = function(properties) {
                return new IpcError(properties);
            };

            /**
             * Encodes the specified IpcError message. Does not implicitly {@link guardimesh.v1.IpcError.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.IpcError
             * @static
             * @param {guardimesh.v1.IpcError.$Properties} message IpcError message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IpcError.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an IpcError message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.IpcError
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.IpcError & guardimesh.v1.IpcError.$Shape} IpcError
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IpcError.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.IpcError();
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
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
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

            return IpcError;
        })();

        v1.InspectorResponse = (function() {

            /**
             * Properties of an InspectorResponse.
             * @typedef {Object} guardimesh.v1.InspectorResponse.$Properties
             * @property {number|null} [requestId] Id of the request.
             * @property {guardimesh.v1.IpcError.$Properties|null} [error] The request failed.
             * @property {guardimesh.v1.ContainerList.$Properties|null} [containers] Response to list_containers.
             * @property {guardimesh.v1.ContainerInfo.$Properties|null} [container] Response to get_container.
             * @property {guardimesh.v1.ContainerChange.$Properties|null} [change] Responses to watch_containers.
             * @property {guardimesh.v1.RuntimeStatus.$Properties|null} [runtime] Response to get_runtime.
             * @property {"error"|"containers"|"container"|"change"|"runtime"} [answer] InspectorResponse answer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InspectorResponse.
             * @memberof guardimesh.v1
             * @interface IInspectorResponse
             * @augments guardimesh.v1.InspectorResponse.$Properties
             * @deprecated Use guardimesh.v1.InspectorResponse.$Properties instead.
             */

            /**
             * Narrowed shape of an InspectorResponse.
             * @typedef {{
             *   requestId?: number|null;
             *   error?: guardimesh.v1.IpcError.$Shape|null;
             *   containers?: guardimesh.v1.ContainerList.$Shape|null;
             *   container?: guardimesh.v1.ContainerInfo.$Shape|null;
             *   change?: guardimesh.v1.ContainerChange.$Shape|null;
             *   runtime?: guardimesh.v1.RuntimeStatus.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ answer?: undefined; error?: null; containers?: null; container?: null; change?: null; runtime?: null }|{ answer?: "error"; error: guardimesh.v1.IpcError.$Shape; containers?: null; container?: null; change?: null; runtime?: null }|{ answer?: "containers"; error?: null; containers: guardimesh.v1.ContainerList.$Shape; container?: null; change?: null; runtime?: null }|{ answer?: "container"; error?: null; containers?: null; container: guardimesh.v1.ContainerInfo.$Shape; change?: null; runtime?: null }|{ answer?: "change"; error?: null; containers?: null; container?: null; change: guardimesh.v1.ContainerChange.$Shape; runtime?: null }|{ answer?: "runtime"; error?: null; containers?: null; container?: null; change?: null; runtime: guardimesh.v1.RuntimeStatus.$Shape })
             * )} guardimesh.v1.InspectorResponse.$Shape
             */

            /**
             * Constructs a new InspectorResponse.
             * @memberof guardimesh.v1
             * @classdesc Response of the inspector.
             * @constructor
             * @param {guardimesh.v1.InspectorResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InspectorResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the request.
             * @member {number} requestId
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.requestId = 0;

            /**
             * The request failed.
             * @member {guardimesh.v1.IpcError.$Properties|null|undefined} error
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.error = null;

            /**
             * Response to list_containers.
             * @member {guardimesh.v1.ContainerList.$Properties|null|undefined} containers
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.containers = null;

            /**
             * Response to get_container.
             * @member {guardimesh.v1.ContainerInfo.$Properties|null|undefined} container
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.container = null;

            /**
             * Responses to watch_containers.
             * @member {guardimesh.v1.ContainerChange.$Properties|null|undefined} change
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.change = null;

            /**
             * Response to get_runtime.
             * @member {guardimesh.v1.RuntimeStatus.$Properties|null|undefined} runtime
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            InspectorResponse.prototype.runtime = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * InspectorResponse answer.
             * @member {"error"|"containers"|"container"|"change"|"runtime"|undefined} answer
             * @memberof guardimesh.v1.InspectorResponse
             * @instance
             */
            $Object.defineProperty(InspectorResponse.prototype, "answer", {
                get: $util.oneOfGetter($oneOfFields = ["error", "containers", "container", "change", "runtime"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new InspectorResponse instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.InspectorResponse
             * @static
             * @param {guardimesh.v1.InspectorResponse.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.InspectorResponse} InspectorResponse instance
             * @type {{
             *   (properties: guardimesh.v1.InspectorResponse.$Shape): guardimesh.v1.InspectorResponse & guardimesh.v1.InspectorResponse.$Shape;
             *   (properties?: guardimesh.v1.InspectorResponse.$Properties): guardimesh.v1.InspectorResponse;
             * }}
             */
            InspectorResponse.create = function(properties) {
                return new InspectorResponse(properties);
            };

            /**
             * Encodes the specified InspectorResponse message. Does not implicitly {@link guardimesh.v1.InspectorResponse.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.InspectorResponse
             * @static
             * @param {guardimesh.v1.InspectorResponse.$Properties} message InspectorResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InspectorResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.guardimesh.v1.IpcError.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.containers != null && $Object.hasOwnProperty.call(message, "containers"))
                    $root.guardimesh.v1.ContainerList.encode(message.containers, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                    $root.guardimesh.v1.ContainerInfo.encode(message.container, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    $root.guardimesh.v1.ContainerChange.encode(message.change, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.runtime != null && $Object.hasOwnProperty.call(message, "runtime"))
                    $root.guardimesh.v1.RuntimeStatus.encode(message.runtime, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InspectorResponse message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.InspectorResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.InspectorResponse & guardimesh.v1.InspectorResponse.$Shape} InspectorResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InspectorResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.InspectorResponse();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.guardimesh.v1.IpcError.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            message.answer = "error";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.containers = $root.guardimesh.v1.ContainerList.decode(reader, reader.size(), $undefined, _depth + 1, message.containers);
                            message.answer = "containers";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.container = $root.guardimesh.v1.ContainerInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.container);
                            message.answer = "container";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.change = $root.guardimesh.v1.ContainerChange.decode(reader, reader.size(), $undefined, _depth + 1, message.change);
                            message.answer = "change";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.runtime = $root.guardimesh.v1.RuntimeStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.runtime);
                            message.answer = "runtime";
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

            return InspectorResponse;
        })();

        v1.ObfuscationRequest = (function() {

            /**
             * Properties of an ObfuscationRequest.
             * @typedef {Object} guardimesh.v1.ObfuscationRequest.$Properties
             * @property {number|null} [requestId] Chosen by the client; repeated in the response.
             * @property {Uint8Array|null} [content] The content, or its first part. Maximum 16 MiB.
             * @property {number|null} [sizeBytes] Size of the whole content in bytes.
             * @property {Uint8Array|null} [fileName] Name of the file, for the rules; maximum 4096 bytes.
             * @property {string|null} [trialId] Id of a trial whose rules are applied instead of the active ones; `set_trial` must precede. Empty: the active rules.
             * @property {guardimesh.v1.ObfuscationTrial.$Properties|null} [setTrial] Sets the rules of a trial, or ends the trial; the content is ignored then.
             * @property {boolean|null} [unpack] True to unpack the content, a whole Zstandard or LZ4 stream, instead of scanning it.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObfuscationRequest.
             * @memberof guardimesh.v1
             * @interface IObfuscationRequest
             * @augments guardimesh.v1.ObfuscationRequest.$Properties
             * @deprecated Use guardimesh.v1.ObfuscationRequest.$Properties instead.
             */

            /**
             * Shape of an ObfuscationRequest.
             * @typedef {guardimesh.v1.ObfuscationRequest.$Properties} guardimesh.v1.ObfuscationRequest.$Shape
             */

            /**
             * Constructs a new ObfuscationRequest.
             * @memberof guardimesh.v1
             * @classdesc Request to the obfuscation scanner: scans one content.
             * @constructor
             * @param {guardimesh.v1.ObfuscationRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObfuscationRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chosen by the client; repeated in the response.
             * @member {number} requestId
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.requestId = 0;

            /**
             * The content, or its first part. Maximum 16 MiB.
             * @member {Uint8Array} content
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.content = $util.newBuffer([]);

            /**
             * Size of the whole content in bytes.
             * @member {number} sizeBytes
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.sizeBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Name of the file, for the rules; maximum 4096 bytes.
             * @member {Uint8Array} fileName
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.fileName = $util.newBuffer([]);

            /**
             * Id of a trial whose rules are applied instead of the active ones; `set_trial` must precede. Empty: the active rules.
             * @member {string} trialId
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.trialId = "";

            /**
             * Sets the rules of a trial, or ends the trial; the content is ignored then.
             * @member {guardimesh.v1.ObfuscationTrial.$Properties|null|undefined} setTrial
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.setTrial = null;

            /**
             * True to unpack the content, a whole Zstandard or LZ4 stream, instead of scanning it.
             * @member {boolean} unpack
             * @memberof guardimesh.v1.ObfuscationRequest
             * @instance
             */
            ObfuscationRequest.prototype.unpack = false;

            /**
             * Creates a new ObfuscationRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ObfuscationRequest
             * @static
             * @param {guardimesh.v1.ObfuscationRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ObfuscationRequest} ObfuscationRequest instance
             * @type {{
             *   (properties: guardimesh.v1.ObfuscationRequest.$Shape): guardimesh.v1.ObfuscationRequest & guardimesh.v1.ObfuscationRequest.$Shape;
             *   (properties?: guardimesh.v1.ObfuscationRequest.$Properties): guardimesh.v1.ObfuscationRequest;
             * }}
             */
            ObfuscationRequest.create = function(properties) {
                return new ObfuscationRequest(properties);
            };

            /**
             * Encodes the specified ObfuscationRequest message. Does not implicitly {@link guardimesh.v1.ObfuscationRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ObfuscationRequest
             * @static
             * @param {guardimesh.v1.ObfuscationRequest.$Properties} message ObfuscationRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObfuscationRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.content);
                if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes") && (typeof message.sizeBytes === "object" ? message.sizeBytes.low || message.sizeBytes.high : message.sizeBytes !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.sizeBytes);
                if (message.fileName != null && $Object.hasOwnProperty.call(message, "fileName") && message.fileName.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.fileName);
                if (message.trialId != null && $Object.hasOwnProperty.call(message, "trialId") && message.trialId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.trialId);
                if (message.setTrial != null && $Object.hasOwnProperty.call(message, "setTrial"))
                    $root.guardimesh.v1.ObfuscationTrial.encode(message.setTrial, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.unpack != null && $Object.hasOwnProperty.call(message, "unpack") && message.unpack !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.unpack);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObfuscationRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ObfuscationRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationRequest & guardimesh.v1.ObfuscationRequest.$Shape} ObfuscationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObfuscationRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ObfuscationRequest();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sizeBytes = value;
                            else
                                delete message.sizeBytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.fileName = value;
                            else
                                delete message.fileName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trialId = value;
                            else
                                delete message.trialId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.setTrial = $root.guardimesh.v1.ObfuscationTrial.decode(reader, reader.size(), $undefined, _depth + 1, message.setTrial);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.unpack = value;
                            else
                                delete message.unpack;
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

            return ObfuscationRequest;
        })();

        v1.ObfuscationTrial = (function() {

            /**
             * Properties of an ObfuscationTrial.
             * @typedef {Object} guardimesh.v1.ObfuscationTrial.$Properties
             * @property {string|null} [trialId] Id of the trial.
             * @property {Uint8Array|null} [rules] YARA source, UTF-8, maximum 1 MiB; empty to end the trial.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObfuscationTrial.
             * @memberof guardimesh.v1
             * @interface IObfuscationTrial
             * @augments guardimesh.v1.ObfuscationTrial.$Properties
             * @deprecated Use guardimesh.v1.ObfuscationTrial.$Properties instead.
             */

            /**
             * Shape of an ObfuscationTrial.
             * @typedef {guardimesh.v1.ObfuscationTrial.$Properties} guardimesh.v1.ObfuscationTrial.$Shape
             */

            /**
             * Constructs a new ObfuscationTrial.
             * @memberof guardimesh.v1
             * @classdesc Rules of a trial, which are not active. Only one trial exists at a time; a new one replaces it.
             * @constructor
             * @param {guardimesh.v1.ObfuscationTrial.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObfuscationTrial = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the trial.
             * @member {string} trialId
             * @memberof guardimesh.v1.ObfuscationTrial
             * @instance
             */
            ObfuscationTrial.prototype.trialId = "";

            /**
             * YARA source, UTF-8, maximum 1 MiB; empty to end the trial.
             * @member {Uint8Array} rules
             * @memberof guardimesh.v1.ObfuscationTrial
             * @instance
             */
            ObfuscationTrial.prototype.rules = $util.newBuffer([]);

            /**
             * Creates a new ObfuscationTrial instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ObfuscationTrial
             * @static
             * @param {guardimesh.v1.ObfuscationTrial.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ObfuscationTrial} ObfuscationTrial instance
             * @type {{
             *   (properties: guardimesh.v1.ObfuscationTrial.$Shape): guardimesh.v1.ObfuscationTrial & guardimesh.v1.ObfuscationTrial.$Shape;
             *   (properties?: guardimesh.v1.ObfuscationTrial.$Properties): guardimesh.v1.ObfuscationTrial;
             * }}
             */
            ObfuscationTrial.create = function(properties) {
                return new ObfuscationTrial(properties);
            };

            /**
             * Encodes the specified ObfuscationTrial message. Does not implicitly {@link guardimesh.v1.ObfuscationTrial.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ObfuscationTrial
             * @static
             * @param {guardimesh.v1.ObfuscationTrial.$Properties} message ObfuscationTrial message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObfuscationTrial.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trialId != null && $Object.hasOwnProperty.call(message, "trialId") && message.trialId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trialId);
                if (message.rules != null && $Object.hasOwnProperty.call(message, "rules") && message.rules.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.rules);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObfuscationTrial message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ObfuscationTrial
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationTrial & guardimesh.v1.ObfuscationTrial.$Shape} ObfuscationTrial
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObfuscationTrial.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ObfuscationTrial();
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
                                message.trialId = value;
                            else
                                delete message.trialId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.rules = value;
                            else
                                delete message.rules;
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

            return ObfuscationTrial;
        })();

        v1.UnpackedContent = (function() {

            /**
             * Properties of an UnpackedContent.
             * @typedef {Object} guardimesh.v1.UnpackedContent.$Properties
             * @property {Uint8Array|null} [content] What was unpacked before the limit or the damage. Maximum 16 MiB.
             * @property {boolean|null} [truncated] True when the whole content is larger.
             * @property {string|null} [failure] Why the stream cannot be unpacked to its end; empty when it can.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UnpackedContent.
             * @memberof guardimesh.v1
             * @interface IUnpackedContent
             * @augments guardimesh.v1.UnpackedContent.$Properties
             * @deprecated Use guardimesh.v1.UnpackedContent.$Properties instead.
             */

            /**
             * Shape of an UnpackedContent.
             * @typedef {guardimesh.v1.UnpackedContent.$Properties} guardimesh.v1.UnpackedContent.$Shape
             */

            /**
             * Constructs a new UnpackedContent.
             * @memberof guardimesh.v1
             * @classdesc Result of unpacking a content.
             * @constructor
             * @param {guardimesh.v1.UnpackedContent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UnpackedContent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * What was unpacked before the limit or the damage. Maximum 16 MiB.
             * @member {Uint8Array} content
             * @memberof guardimesh.v1.UnpackedContent
             * @instance
             */
            UnpackedContent.prototype.content = $util.newBuffer([]);

            /**
             * True when the whole content is larger.
             * @member {boolean} truncated
             * @memberof guardimesh.v1.UnpackedContent
             * @instance
             */
            UnpackedContent.prototype.truncated = false;

            /**
             * Why the stream cannot be unpacked to its end; empty when it can.
             * @member {string} failure
             * @memberof guardimesh.v1.UnpackedContent
             * @instance
             */
            UnpackedContent.prototype.failure = "";

            /**
             * Creates a new UnpackedContent instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.UnpackedContent
             * @static
             * @param {guardimesh.v1.UnpackedContent.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.UnpackedContent} UnpackedContent instance
             * @type {{
             *   (properties: guardimesh.v1.UnpackedContent.$Shape): guardimesh.v1.UnpackedContent & guardimesh.v1.UnpackedContent.$Shape;
             *   (properties?: guardimesh.v1.UnpackedContent.$Properties): guardimesh.v1.UnpackedContent;
             * }}
             */
            UnpackedContent.create = function(properties) {
                return new UnpackedContent(properties);
            };

            /**
             * Encodes the specified UnpackedContent message. Does not implicitly {@link guardimesh.v1.UnpackedContent.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.UnpackedContent
             * @static
             * @param {guardimesh.v1.UnpackedContent.$Properties} message UnpackedContent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnpackedContent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.content);
                if (message.truncated != null && $Object.hasOwnProperty.call(message, "truncated") && message.truncated !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.truncated);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.failure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UnpackedContent message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.UnpackedContent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.UnpackedContent & guardimesh.v1.UnpackedContent.$Shape} UnpackedContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnpackedContent.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.UnpackedContent();
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
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.truncated = value;
                            else
                                delete message.truncated;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
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

            return UnpackedContent;
        })();

        v1.ObfuscationMatch = (function() {

            /**
             * Properties of an ObfuscationMatch.
             * @typedef {Object} guardimesh.v1.ObfuscationMatch.$Properties
             * @property {string|null} [rule] Name of the rule.
             * @property {string|null} [description] Description in the rule's metadata.
             * @property {number|null} [severity] Severity: a number of the Severity enumeration.
             * @property {string|null} [engine] "yara" or "entropy".
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObfuscationMatch.
             * @memberof guardimesh.v1
             * @interface IObfuscationMatch
             * @augments guardimesh.v1.ObfuscationMatch.$Properties
             * @deprecated Use guardimesh.v1.ObfuscationMatch.$Properties instead.
             */

            /**
             * Shape of an ObfuscationMatch.
             * @typedef {guardimesh.v1.ObfuscationMatch.$Properties} guardimesh.v1.ObfuscationMatch.$Shape
             */

            /**
             * Constructs a new ObfuscationMatch.
             * @memberof guardimesh.v1
             * @classdesc A rule that matched.
             * @constructor
             * @param {guardimesh.v1.ObfuscationMatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObfuscationMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Name of the rule.
             * @member {string} rule
             * @memberof guardimesh.v1.ObfuscationMatch
             * @instance
             */
            ObfuscationMatch.prototype.rule = "";

            /**
             * Description in the rule's metadata.
             * @member {string} description
             * @memberof guardimesh.v1.ObfuscationMatch
             * @instance
             */
            ObfuscationMatch.prototype.description = "";

            /**
             * Severity: a number of the Severity enumeration.
             * @member {number} severity
             * @memberof guardimesh.v1.ObfuscationMatch
             * @instance
             */
            ObfuscationMatch.prototype.severity = 0;

            /**
             * "yara" or "entropy".
             * @member {string} engine
             * @memberof guardimesh.v1.ObfuscationMatch
             * @instance
             */
            ObfuscationMatch.prototype.engine = "";

            /**
             * Creates a new ObfuscationMatch instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ObfuscationMatch
             * @static
             * @param {guardimesh.v1.ObfuscationMatch.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ObfuscationMatch} ObfuscationMatch instance
             * @type {{
             *   (properties: guardimesh.v1.ObfuscationMatch.$Shape): guardimesh.v1.ObfuscationMatch & guardimesh.v1.ObfuscationMatch.$Shape;
             *   (properties?: guardimesh.v1.ObfuscationMatch.$Properties): guardimesh.v1.ObfuscationMatch;
             * }}
             */
            ObfuscationMatch.create = function(properties) {
                return new ObfuscationMatch(properties);
            };

            /**
             * Encodes the specified ObfuscationMatch message. Does not implicitly {@link guardimesh.v1.ObfuscationMatch.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ObfuscationMatch
             * @static
             * @param {guardimesh.v1.ObfuscationMatch.$Properties} message ObfuscationMatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObfuscationMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.rule);
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.description);
                if (message.severity != null && $Object.hasOwnProperty.call(message, "severity") && message.severity !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.severity);
                if (message.engine != null && $Object.hasOwnProperty.call(message, "engine") && message.engine !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.engine);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObfuscationMatch message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ObfuscationMatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationMatch & guardimesh.v1.ObfuscationMatch.$Shape} ObfuscationMatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObfuscationMatch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ObfuscationMatch();
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
                                message.rule = value;
                            else
                                delete message.rule;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.description = value;
                            else
                                delete message.description;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.severity = value;
                            else
                                delete message.severity;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engine = value;
                            else
                                delete message.engine;
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

            return ObfuscationMatch;
        })();

        v1.ObfuscationResponse = (function() {

            /**
             * Properties of an ObfuscationResponse.
             * @typedef {Object} guardimesh.v1.ObfuscationResponse.$Properties
             * @property {number|null} [requestId] Id of the request.
             * @property {guardimesh.v1.IpcError.$Properties|null} [error] The request failed; no other field is set then.
             * @property {Array.<guardimesh.v1.ObfuscationMatch.$Properties>|null} [matches] Rules that matched; empty when the content is clean.
             * @property {number|null} [entropyBits] Shannon entropy of the content in bits per byte, 0 to 8.
             * @property {string|null} [engineVersion] Version of engine and rules.
             * @property {guardimesh.v1.UnpackedContent.$Properties|null} [unpacked] Response to a request with `unpack`.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObfuscationResponse.
             * @memberof guardimesh.v1
             * @interface IObfuscationResponse
             * @augments guardimesh.v1.ObfuscationResponse.$Properties
             * @deprecated Use guardimesh.v1.ObfuscationResponse.$Properties instead.
             */

            /**
             * Shape of an ObfuscationResponse.
             * @typedef {guardimesh.v1.ObfuscationResponse.$Properties} guardimesh.v1.ObfuscationResponse.$Shape
             */

            /**
             * Constructs a new ObfuscationResponse.
             * @memberof guardimesh.v1
             * @classdesc Response of the obfuscation scanner.
             * @constructor
             * @param {guardimesh.v1.ObfuscationResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObfuscationResponse = function (properties) {
                this.matches = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the request.
             * @member {number} requestId
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.requestId = 0;

            /**
             * The request failed; no other field is set then.
             * @member {guardimesh.v1.IpcError.$Properties|null|undefined} error
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.error = null;

            /**
             * Rules that matched; empty when the content is clean.
             * @member {Array.<guardimesh.v1.ObfuscationMatch.$Properties>} matches
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.matches = $util.emptyArray;

            /**
             * Shannon entropy of the content in bits per byte, 0 to 8.
             * @member {number} entropyBits
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.entropyBits = 0;

            /**
             * Version of engine and rules.
             * @member {string} engineVersion
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.engineVersion = "";

            /**
             * Response to a request with `unpack`.
             * @member {guardimesh.v1.UnpackedContent.$Properties|null|undefined} unpacked
             * @memberof guardimesh.v1.ObfuscationResponse
             * @instance
             */
            ObfuscationResponse.prototype.unpacked = null;

            /**
             * Creates a new ObfuscationResponse instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ObfuscationResponse
             * @static
             * @param {guardimesh.v1.ObfuscationResponse.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ObfuscationResponse} ObfuscationResponse instance
             * @type {{
             *   (properties: guardimesh.v1.ObfuscationResponse.$Shape): guardimesh.v1.ObfuscationResponse & guardimesh.v1.ObfuscationResponse.$Shape;
             *   (properties?: guardimesh.v1.ObfuscationResponse.$Properties): guardimesh.v1.ObfuscationResponse;
             * }}
             */
            ObfuscationResponse.create = function(properties) {
                return new ObfuscationResponse(properties);
            };

            /**
             * Encodes the specified ObfuscationResponse message. Does not implicitly {@link guardimesh.v1.ObfuscationResponse.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ObfuscationResponse
             * @static
             * @param {guardimesh.v1.ObfuscationResponse.$Properties} message ObfuscationResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObfuscationResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.guardimesh.v1.IpcError.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.matches != null && message.matches.length)
                    for (let i = 0; i < message.matches.length; ++i)
                        $root.guardimesh.v1.ObfuscationMatch.encode(message.matches[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.entropyBits != null && $Object.hasOwnProperty.call(message, "entropyBits") && !$Object.is(message.entropyBits, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.entropyBits);
                if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.engineVersion);
                if (message.unpacked != null && $Object.hasOwnProperty.call(message, "unpacked"))
                    $root.guardimesh.v1.UnpackedContent.encode(message.unpacked, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObfuscationResponse message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ObfuscationResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationResponse & guardimesh.v1.ObfuscationResponse.$Shape} ObfuscationResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObfuscationResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ObfuscationResponse();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.guardimesh.v1.IpcError.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.matches && message.matches.length))
                                message.matches = [];
                            message.matches.push($root.guardimesh.v1.ObfuscationMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.entropyBits = value;
                            else
                                delete message.entropyBits;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engineVersion = value;
                            else
                                delete message.engineVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.unpacked = $root.guardimesh.v1.UnpackedContent.decode(reader, reader.size(), $undefined, _depth + 1, message.unpacked);
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

            return ObfuscationResponse;
        })();

        v1.PackageRequest = (function() {

            /**
             * Properties of a PackageRequest.
             * @typedef {Object} guardimesh.v1.PackageRequest.$Properties
             * @property {Array.<Uint8Array>|null} [paths] Absolute paths, as packages name them.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PackageRequest.
             * @memberof guardimesh.v1
             * @interface IPackageRequest
             * @augments guardimesh.v1.PackageRequest.$Properties
             * @deprecated Use guardimesh.v1.PackageRequest.$Properties instead.
             */

            /**
             * Shape of a PackageRequest.
             * @typedef {guardimesh.v1.PackageRequest.$Properties} guardimesh.v1.PackageRequest.$Shape
             */

            /**
             * Constructs a new PackageRequest.
             * @memberof guardimesh.v1
             * @classdesc Request for the packages of files, on a connection of its own. The open RPM database precedes it as a descriptor.
             * @constructor
             * @param {guardimesh.v1.PackageRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PackageRequest = function (properties) {
                this.paths = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Absolute paths, as packages name them.
             * @member {Array.<Uint8Array>} paths
             * @memberof guardimesh.v1.PackageRequest
             * @instance
             */
            PackageRequest.prototype.paths = $util.emptyArray;

            /**
             * Creates a new PackageRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PackageRequest
             * @static
             * @param {guardimesh.v1.PackageRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PackageRequest} PackageRequest instance
             * @type {{
             *   (properties: guardimesh.v1.PackageRequest.$Shape): guardimesh.v1.PackageRequest & guardimesh.v1.PackageRequest.$Shape;
             *   (properties?: guardimesh.v1.PackageRequest.$Properties): guardimesh.v1.PackageRequest;
             * }}
             */
            PackageRequest.create = function(properties) {
                return new PackageRequest(properties);
            };

            /**
             * Encodes the specified PackageRequest message. Does not implicitly {@link guardimesh.v1.PackageRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PackageRequest
             * @static
             * @param {guardimesh.v1.PackageRequest.$Properties} message PackageRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PackageRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.paths != null && message.paths.length)
                    for (let i = 0; i < message.paths.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.paths[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PackageRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PackageRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageRequest & guardimesh.v1.PackageRequest.$Shape} PackageRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PackageRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PackageRequest();
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
                            if (!(message.paths && message.paths.length))
                                message.paths = [];
                            message.paths.push(reader.bytes());
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

            return PackageRequest;
        })();

        v1.PackageFile = (function() {

            /**
             * Properties of a PackageFile.
             * @typedef {Object} guardimesh.v1.PackageFile.$Properties
             * @property {Uint8Array|null} [path] Path of the request.
             * @property {string|null} [name] Name of the package; maximum 256 characters.
             * @property {string|null} [version] Version, release and architecture; maximum 256 characters.
             * @property {string|null} [algorithm] "md5", "sha1", "sha256", "sha384" or "sha512".
             * @property {string|null} [checksum] Checksum of the original content, hexadecimal; empty when the package has none.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PackageFile.
             * @memberof guardimesh.v1
             * @interface IPackageFile
             * @augments guardimesh.v1.PackageFile.$Properties
             * @deprecated Use guardimesh.v1.PackageFile.$Properties instead.
             */

            /**
             * Shape of a PackageFile.
             * @typedef {guardimesh.v1.PackageFile.$Properties} guardimesh.v1.PackageFile.$Shape
             */

            /**
             * Constructs a new PackageFile.
             * @memberof guardimesh.v1
             * @classdesc A file of a package.
             * @constructor
             * @param {guardimesh.v1.PackageFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PackageFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Path of the request.
             * @member {Uint8Array} path
             * @memberof guardimesh.v1.PackageFile
             * @instance
             */
            PackageFile.prototype.path = $util.newBuffer([]);

            /**
             * Name of the package; maximum 256 characters.
             * @member {string} name
             * @memberof guardimesh.v1.PackageFile
             * @instance
             */
            PackageFile.prototype.name = "";

            /**
             * Version, release and architecture; maximum 256 characters.
             * @member {string} version
             * @memberof guardimesh.v1.PackageFile
             * @instance
             */
            PackageFile.prototype.version = "";

            /**
             * "md5", "sha1", "sha256", "sha384" or "sha512".
             * @member {string} algorithm
             * @memberof guardimesh.v1.PackageFile
             * @instance
             */
            PackageFile.prototype.algorithm = "";

            /**
             * Checksum of the original content, hexadecimal; empty when the package has none.
             * @member {string} checksum
             * @memberof guardimesh.v1.PackageFile
             * @instance
             */
            PackageFile.prototype.checksum = "";

            /**
             * Creates a new PackageFile instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PackageFile
             * @static
             * @param {guardimesh.v1.PackageFile.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PackageFile} PackageFile instance
             * @type {{
             *   (properties: guardimesh.v1.PackageFile.$Shape): guardimesh.v1.PackageFile & guardimesh.v1.PackageFile.$Shape;
             *   (properties?: guardimesh.v1.PackageFile.$Properties): guardimesh.v1.PackageFile;
             * }}
             */
            PackageFile.create = function(properties) {
                return new PackageFile(properties);
            };

            /**
             * Encodes the specified PackageFile message. Does not implicitly {@link guardimesh.v1.PackageFile.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PackageFile
             * @static
             * @param {guardimesh.v1.PackageFile.$Properties} message PackageFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PackageFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.path);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.version);
                if (message.algorithm != null && $Object.hasOwnProperty.call(message, "algorithm") && message.algorithm !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.algorithm);
                if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum") && message.checksum !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.checksum);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PackageFile message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PackageFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageFile & guardimesh.v1.PackageFile.$Shape} PackageFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PackageFile.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PackageFile();
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
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.algorithm = value;
                            else
                                delete message.algorithm;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.checksum = value;
                            else
                                delete message.checksum;
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

            return PackageFile;
        })();

        v1.PackageResponse = (function() {

            /**
             * Properties of a PackageResponse.
             * @typedef {Object} guardimesh.v1.PackageResponse.$Properties
             * @property {guardimesh.v1.IpcError.$Properties|null} [error] The request failed; no other field is set then.
             * @property {Array.<guardimesh.v1.PackageFile.$Properties>|null} [files] Paths that belong to a package.
             * @property {boolean|null} [complete] True when the whole database was read.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PackageResponse.
             * @memberof guardimesh.v1
             * @interface IPackageResponse
             * @augments guardimesh.v1.PackageResponse.$Properties
             * @deprecated Use guardimesh.v1.PackageResponse.$Properties instead.
             */

            /**
             * Shape of a PackageResponse.
             * @typedef {guardimesh.v1.PackageResponse.$Properties} guardimesh.v1.PackageResponse.$Shape
             */

            /**
             * Constructs a new PackageResponse.
             * @memberof guardimesh.v1
             * @classdesc Response to a PackageRequest.
             * @constructor
             * @param {guardimesh.v1.PackageResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PackageResponse = function (properties) {
                this.files = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The request failed; no other field is set then.
             * @member {guardimesh.v1.IpcError.$Properties|null|undefined} error
             * @memberof guardimesh.v1.PackageResponse
             * @instance
             */
            PackageResponse.prototype.error = null;

            /**
             * Paths that belong to a package.
             * @member {Array.<guardimesh.v1.PackageFile.$Properties>} files
             * @memberof guardimesh.v1.PackageResponse
             * @instance
             */
            PackageResponse.prototype.files = $util.emptyArray;

            /**
             * True when the whole database was read.
             * @member {boolean} complete
             * @memberof guardimesh.v1.PackageResponse
             * @instance
             */
            PackageResponse.prototype.complete = false;

            /**
             * Creates a new PackageResponse instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PackageResponse
             * @static
             * @param {guardimesh.v1.PackageResponse.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PackageResponse} PackageResponse instance
             * @type {{
             *   (properties: guardimesh.v1.PackageResponse.$Shape): guardimesh.v1.PackageResponse & guardimesh.v1.PackageResponse.$Shape;
             *   (properties?: guardimesh.v1.PackageResponse.$Properties): guardimesh.v1.PackageResponse;
             * }}
             */
            PackageResponse.create = function(properties) {
                return new PackageResponse(properties);
            };

            /**
             * Encodes the specified PackageResponse message. Does not implicitly {@link guardimesh.v1.PackageResponse.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PackageResponse
             * @static
             * @param {guardimesh.v1.PackageResponse.$Properties} message PackageResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PackageResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.guardimesh.v1.IpcError.encode(message.error, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.files != null && message.files.length)
                    for (let i = 0; i < message.files.length; ++i)
                        $root.guardimesh.v1.PackageFile.encode(message.files[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.complete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PackageResponse message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PackageResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageResponse & guardimesh.v1.PackageResponse.$Shape} PackageResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PackageResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PackageResponse();
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
                            message.error = $root.guardimesh.v1.IpcError.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.files && message.files.length))
                                message.files = [];
                            message.files.push($root.guardimesh.v1.PackageFile.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
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

            return PackageResponse;
        })();

        v1.ScanNowRequest = (function() {

            /**
             * Properties of a ScanNowRequest.
             * @typedef {Object} guardimesh.v1.ScanNowRequest.$Properties
             * @property {string|null} [containerId] Id of a container, or a prefix of it; empty for all.
             * @property {string|null} [podName] Name of a pod; empty for all.
             * @property {string|null} [namespace] Namespace; empty for all.
             * @property {boolean|null} [ignoreCache] True to scan every file, even with a cached verdict.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScanNowRequest.
             * @memberof guardimesh.v1
             * @interface IScanNowRequest
             * @augments guardimesh.v1.ScanNowRequest.$Properties
             * @deprecated Use guardimesh.v1.ScanNowRequest.$Properties instead.
             */

            /**
             * Shape of a ScanNowRequest.
             * @typedef {guardimesh.v1.ScanNowRequest.$Properties} guardimesh.v1.ScanNowRequest.$Shape
             */

            /**
             * Constructs a new ScanNowRequest.
             * @memberof guardimesh.v1
             * @classdesc Starts a scan of containers.
             * @constructor
             * @param {guardimesh.v1.ScanNowRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScanNowRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of a container, or a prefix of it; empty for all.
             * @member {string} containerId
             * @memberof guardimesh.v1.ScanNowRequest
             * @instance
             */
            ScanNowRequest.prototype.containerId = "";

            /**
             * Name of a pod; empty for all.
             * @member {string} podName
             * @memberof guardimesh.v1.ScanNowRequest
             * @instance
             */
            ScanNowRequest.prototype.podName = "";

            /**
             * Namespace; empty for all.
             * @member {string} namespace
             * @memberof guardimesh.v1.ScanNowRequest
             * @instance
             */
            ScanNowRequest.prototype.namespace = "";

            /**
             * True to scan every file, even with a cached verdict.
             * @member {boolean} ignoreCache
             * @memberof guardimesh.v1.ScanNowRequest
             * @instance
             */
            ScanNowRequest.prototype.ignoreCache = false;

            /**
             * Creates a new ScanNowRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ScanNowRequest
             * @static
             * @param {guardimesh.v1.ScanNowRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ScanNowRequest} ScanNowRequest instance
             * @type {{
             *   (properties: guardimesh.v1.ScanNowRequest.$Shape): guardimesh.v1.ScanNowRequest & guardimesh.v1.ScanNowRequest.$Shape;
             *   (properties?: guardimesh.v1.ScanNowRequest.$Properties): guardimesh.v1.ScanNowRequest;
             * }}
             */
            ScanNowRequest.create = function(properties) {
                return new ScanNowRequest(properties);
            };

            /**
             * Encodes the specified ScanNowRequest message. Does not implicitly {@link guardimesh.v1.ScanNowRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ScanNowRequest
             * @static
             * @param {guardimesh.v1.ScanNowRequest.$Properties} message ScanNowRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScanNowRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.podName);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.ignoreCache != null && $Object.hasOwnProperty.call(message, "ignoreCache") && message.ignoreCache !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.ignoreCache);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScanNowRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ScanNowRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScanNowRequest & guardimesh.v1.ScanNowRequest.$Shape} ScanNowRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScanNowRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ScanNowRequest();
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
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
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
                            if (value = reader.bool())
                                message.ignoreCache = value;
                            else
                                delete message.ignoreCache;
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

            return ScanNowRequest;
        })();

        v1.GetScannerStatusRequest = (function() {

            /**
             * Properties of a GetScannerStatusRequest.
             * @typedef {Object} guardimesh.v1.GetScannerStatusRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetScannerStatusRequest.
             * @memberof guardimesh.v1
             * @interface IGetScannerStatusRequest
             * @augments guardimesh.v1.GetScannerStatusRequest.$Properties
             * @deprecated Use guardimesh.v1.GetScannerStatusRequest.$Properties instead.
             */

            /**
             * Shape of a GetScannerStatusRequest.
             * @typedef {guardimesh.v1.GetScannerStatusRequest.$Properties} guardimesh.v1.GetScannerStatusRequest.$Shape
             */

            /**
             * Constructs a new GetScannerStatusRequest.
             * @memberof guardimesh.v1
             * @classdesc Requests the status of the scanner.
             * @constructor
             * @param {guardimesh.v1.GetScannerStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetScannerStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new GetScannerStatusRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.GetScannerStatusRequest
             * @static
             * @param {guardimesh.v1.GetScannerStatusRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.GetScannerStatusRequest} GetScannerStatusRequest instance
             * @type {{
             *   (properties: guardimesh.v1.GetScannerStatusRequest.$Shape): guardimesh.v1.GetScannerStatusRequest & guardimesh.v1.GetScannerStatusRequest.$Shape;
             *   (properties?: guardimesh.v1.GetScannerStatusRequest.$Properties): guardimesh.v1.GetScannerStatusRequest;
             * }}
             */
            GetScannerStatusRequest.create = function(properties) {
                return new GetScannerStatusRequest(properties);
            };

            /**
             * Encodes the specified GetScannerStatusRequest message. Does not implicitly {@link guardimesh.v1.GetScannerStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.GetScannerStatusRequest
             * @static
             * @param {guardimesh.v1.GetScannerStatusRequest.$Properties} message GetScannerStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetScannerStatusRequest.encode = function (message, writer, _depth) {
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
             * Decodes a GetScannerStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.GetScannerStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetScannerStatusRequest & guardimesh.v1.GetScannerStatusRequest.$Shape} GetScannerStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetScannerStatusRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.GetScannerStatusRequest();
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

            return GetScannerStatusRequest;
        })();

        v1.ScannerRequest = (function() {

            /**
             * Properties of a ScannerRequest.
             * @typedef {Object} guardimesh.v1.ScannerRequest.$Properties
             * @property {number|null} [requestId] Chosen by the client; repeated in every response.
             * @property {guardimesh.v1.ScanNowRequest.$Properties|null} [scanNow] Starts a scan.
             * @property {guardimesh.v1.GetScannerStatusRequest.$Properties|null} [getStatus] Requests the status.
             * @property {"scanNow"|"getStatus"} [question] ScannerRequest question
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScannerRequest.
             * @memberof guardimesh.v1
             * @interface IScannerRequest
             * @augments guardimesh.v1.ScannerRequest.$Properties
             * @deprecated Use guardimesh.v1.ScannerRequest.$Properties instead.
             */

            /**
             * Narrowed shape of a ScannerRequest.
             * @typedef {{
             *   requestId?: number|null;
             *   scanNow?: guardimesh.v1.ScanNowRequest.$Shape|null;
             *   getStatus?: guardimesh.v1.GetScannerStatusRequest.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ question?: undefined; scanNow?: null; getStatus?: null }|{ question?: "scanNow"; scanNow: guardimesh.v1.ScanNowRequest.$Shape; getStatus?: null }|{ question?: "getStatus"; scanNow?: null; getStatus: guardimesh.v1.GetScannerStatusRequest.$Shape })
             * )} guardimesh.v1.ScannerRequest.$Shape
             */

            /**
             * Constructs a new ScannerRequest.
             * @memberof guardimesh.v1
             * @classdesc Request to the scanner, from the command line of the node.
             * @constructor
             * @param {guardimesh.v1.ScannerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScannerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chosen by the client; repeated in every response.
             * @member {number} requestId
             * @memberof guardimesh.v1.ScannerRequest
             * @instance
             */
            ScannerRequest.prototype.requestId = 0;

            /**
             * Starts a scan.
             * @member {guardimesh.v1.ScanNowRequest.$Properties|null|undefined} scanNow
             * @memberof guardimesh.v1.ScannerRequest
             * @instance
             */
            ScannerRequest.prototype.scanNow = null;

            /**
             * Requests the status.
             * @member {guardimesh.v1.GetScannerStatusRequest.$Properties|null|undefined} getStatus
             * @memberof guardimesh.v1.ScannerRequest
             * @instance
             */
            ScannerRequest.prototype.getStatus = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ScannerRequest question.
             * @member {"scanNow"|"getStatus"|undefined} question
             * @memberof guardimesh.v1.ScannerRequest
             * @instance
             */
            $Object.defineProperty(ScannerRequest.prototype, "question", {
                get: $util.oneOfGetter($oneOfFields = ["scanNow", "getStatus"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ScannerRequest instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ScannerRequest
             * @static
             * @param {guardimesh.v1.ScannerRequest.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ScannerRequest} ScannerRequest instance
             * @type {{
             *   (properties: guardimesh.v1.ScannerRequest.$Shape): guardimesh.v1.ScannerRequest & guardimesh.v1.ScannerRequest.$Shape;
             *   (properties?: guardimesh.v1.ScannerRequest.$Properties): guardimesh.v1.ScannerRequest;
             * }}
             */
            ScannerRequest.create = function(properties) {
                return new ScannerRequest(properties);
            };

            /**
             * Encodes the specified ScannerRequest message. Does not implicitly {@link guardimesh.v1.ScannerRequest.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ScannerRequest
             * @static
             * @param {guardimesh.v1.ScannerRequest.$Properties} message ScannerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScannerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.scanNow != null && $Object.hasOwnProperty.call(message, "scanNow"))
                    $root.guardimesh.v1.ScanNowRequest.encode(message.scanNow, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.getStatus != null && $Object.hasOwnProperty.call(message, "getStatus"))
                    $root.guardimesh.v1.GetScannerStatusRequest.encode(message.getStatus, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScannerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ScannerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerRequest & guardimesh.v1.ScannerRequest.$Shape} ScannerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScannerRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ScannerRequest();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.scanNow = $root.guardimesh.v1.ScanNowRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.scanNow);
                            message.question = "scanNow";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.getStatus = $root.guardimesh.v1.GetScannerStatusRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.getStatus);
                            message.question = "getStatus";
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

            return ScannerRequest;
        })();

        v1.ScanProgress = (function() {

            /**
             * Properties of a ScanProgress.
             * @typedef {Object} guardimesh.v1.ScanProgress.$Properties
             * @property {string|null} [containerId] Container that was scanned.
             * @property {string|null} [podName] Name of its pod.
             * @property {number|null} [filesScanned] Files that an engine scanned.
             * @property {number|null} [filesCached] Files with a cached verdict.
             * @property {number|null} [bytesScanned] Bytes that an engine scanned.
             * @property {number|null} [findings] Number of findings.
             * @property {number|null} [filesNotScanned] Files that were not scanned.
             * @property {number|null} [tookUs] Duration in microseconds.
             * @property {number|null} [remaining] Remaining containers.
             * @property {boolean|null} [done] True in the last message, which describes no container.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScanProgress.
             * @memberof guardimesh.v1
             * @interface IScanProgress
             * @augments guardimesh.v1.ScanProgress.$Properties
             * @deprecated Use guardimesh.v1.ScanProgress.$Properties instead.
             */

            /**
             * Shape of a ScanProgress.
             * @typedef {guardimesh.v1.ScanProgress.$Properties} guardimesh.v1.ScanProgress.$Shape
             */

            /**
             * Constructs a new ScanProgress.
             * @memberof guardimesh.v1
             * @classdesc Progress of a requested scan: one message per container, then one with `done`.
             * @constructor
             * @param {guardimesh.v1.ScanProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScanProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Container that was scanned.
             * @member {string} containerId
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.containerId = "";

            /**
             * Name of its pod.
             * @member {string} podName
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.podName = "";

            /**
             * Files that an engine scanned.
             * @member {number} filesScanned
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.filesScanned = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Files with a cached verdict.
             * @member {number} filesCached
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.filesCached = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Bytes that an engine scanned.
             * @member {number} bytesScanned
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.bytesScanned = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of findings.
             * @member {number} findings
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.findings = 0;

            /**
             * Files that were not scanned.
             * @member {number} filesNotScanned
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.filesNotScanned = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Duration in microseconds.
             * @member {number} tookUs
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.tookUs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Remaining containers.
             * @member {number} remaining
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.remaining = 0;

            /**
             * True in the last message, which describes no container.
             * @member {boolean} done
             * @memberof guardimesh.v1.ScanProgress
             * @instance
             */
            ScanProgress.prototype.done = false;

            /**
             * Creates a new ScanProgress instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ScanProgress
             * @static
             * @param {guardimesh.v1.ScanProgress.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ScanProgress} ScanProgress instance
             * @type {{
             *   (properties: guardimesh.v1.ScanProgress.$Shape): guardimesh.v1.ScanProgress & guardimesh.v1.ScanProgress.$Shape;
             *   (properties?: guardimesh.v1.ScanProgress.$Properties): guardimesh.v1.ScanProgress;
             * }}
             */
            ScanProgress.create = function(properties) {
                return new ScanProgress(properties);
            };

            /**
             * Encodes the specified ScanProgress message. Does not implicitly {@link guardimesh.v1.ScanProgress.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ScanProgress
             * @static
             * @param {guardimesh.v1.ScanProgress.$Properties} message ScanProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScanProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.podName);
                if (message.filesScanned != null && $Object.hasOwnProperty.call(message, "filesScanned") && (typeof message.filesScanned === "object" ? message.filesScanned.low || message.filesScanned.high : message.filesScanned !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.filesScanned);
                if (message.filesCached != null && $Object.hasOwnProperty.call(message, "filesCached") && (typeof message.filesCached === "object" ? message.filesCached.low || message.filesCached.high : message.filesCached !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.filesCached);
                if (message.bytesScanned != null && $Object.hasOwnProperty.call(message, "bytesScanned") && (typeof message.bytesScanned === "object" ? message.bytesScanned.low || message.bytesScanned.high : message.bytesScanned !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.bytesScanned);
                if (message.findings != null && $Object.hasOwnProperty.call(message, "findings") && message.findings !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.findings);
                if (message.filesNotScanned != null && $Object.hasOwnProperty.call(message, "filesNotScanned") && (typeof message.filesNotScanned === "object" ? message.filesNotScanned.low || message.filesNotScanned.high : message.filesNotScanned !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.filesNotScanned);
                if (message.tookUs != null && $Object.hasOwnProperty.call(message, "tookUs") && (typeof message.tookUs === "object" ? message.tookUs.low || message.tookUs.high : message.tookUs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.tookUs);
                if (message.remaining != null && $Object.hasOwnProperty.call(message, "remaining") && message.remaining !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.remaining);
                if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== false)
                    writer.uint32(/* id 10, wireType 0 =*/80).bool(message.done);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScanProgress message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ScanProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScanProgress & guardimesh.v1.ScanProgress.$Shape} ScanProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScanProgress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ScanProgress();
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
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.filesScanned = value;
                            else
                                delete message.filesScanned;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.filesCached = value;
                            else
                                delete message.filesCached;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytesScanned = value;
                            else
                                delete message.bytesScanned;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.findings = value;
                            else
                                delete message.findings;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.filesNotScanned = value;
                            else
                                delete message.filesNotScanned;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.tookUs = value;
                            else
                                delete message.tookUs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.remaining = value;
                            else
                                delete message.remaining;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.done = value;
                            else
                                delete message.done;
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

            return ScanProgress;
        })();

        v1.ScannerStatus = (function() {

            /**
             * Properties of a ScannerStatus.
             * @typedef {Object} guardimesh.v1.ScannerStatus.$Properties
             * @property {number|null} [containersWatched] Containers that are watched for writes.
             * @property {number|null} [containersTotal] Containers on the node.
             * @property {number|null} [spoolResults] Results in the spool.
             * @property {number|null} [fileEvents] Number of received file events.
             * @property {number|null} [eventOverflows] File events that the kernel dropped.
             * @property {number|null} [queueLength] Files waiting for an engine.
             * @property {string|null} [signatureGeneration] Signature generation.
             * @property {string|null} [engineVersion] Version of the engine.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScannerStatus.
             * @memberof guardimesh.v1
             * @interface IScannerStatus
             * @augments guardimesh.v1.ScannerStatus.$Properties
             * @deprecated Use guardimesh.v1.ScannerStatus.$Properties instead.
             */

            /**
             * Shape of a ScannerStatus.
             * @typedef {guardimesh.v1.ScannerStatus.$Properties} guardimesh.v1.ScannerStatus.$Shape
             */

            /**
             * Constructs a new ScannerStatus.
             * @memberof guardimesh.v1
             * @classdesc Status of the scanner.
             * @constructor
             * @param {guardimesh.v1.ScannerStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScannerStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Containers that are watched for writes.
             * @member {number} containersWatched
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.containersWatched = 0;

            /**
             * Containers on the node.
             * @member {number} containersTotal
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.containersTotal = 0;

            /**
             * Results in the spool.
             * @member {number} spoolResults
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.spoolResults = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of received file events.
             * @member {number} fileEvents
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.fileEvents = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * File events that the kernel dropped.
             * @member {number} eventOverflows
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.eventOverflows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Files waiting for an engine.
             * @member {number} queueLength
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.queueLength = 0;

            /**
             * Signature generation.
             * @member {string} signatureGeneration
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.signatureGeneration = "";

            /**
             * Version of the engine.
             * @member {string} engineVersion
             * @memberof guardimesh.v1.ScannerStatus
             * @instance
             */
            ScannerStatus.prototype.engineVersion = "";

            /**
             * Creates a new ScannerStatus instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ScannerStatus
             * @static
             * @param {guardimesh.v1.ScannerStatus.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ScannerStatus} ScannerStatus instance
             * @type {{
             *   (properties: guardimesh.v1.ScannerStatus.$Shape): guardimesh.v1.ScannerStatus & guardimesh.v1.ScannerStatus.$Shape;
             *   (properties?: guardimesh.v1.ScannerStatus.$Properties): guardimesh.v1.ScannerStatus;
             * }}
             */
            ScannerStatus.create = function(properties) {
                return new ScannerStatus(properties);
            };

            /**
             * Encodes the specified ScannerStatus message. Does not implicitly {@link guardimesh.v1.ScannerStatus.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ScannerStatus
             * @static
             * @param {guardimesh.v1.ScannerStatus.$Properties} message ScannerStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScannerStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containersWatched != null && $Object.hasOwnProperty.call(message, "containersWatched") && message.containersWatched !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.containersWatched);
                if (message.containersTotal != null && $Object.hasOwnProperty.call(message, "containersTotal") && message.containersTotal !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.containersTotal);
                if (message.spoolResults != null && $Object.hasOwnProperty.call(message, "spoolResults") && (typeof message.spoolResults === "object" ? message.spoolResults.low || message.spoolResults.high : message.spoolResults !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.spoolResults);
                if (message.fileEvents != null && $Object.hasOwnProperty.call(message, "fileEvents") && (typeof message.fileEvents === "object" ? message.fileEvents.low || message.fileEvents.high : message.fileEvents !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.fileEvents);
                if (message.eventOverflows != null && $Object.hasOwnProperty.call(message, "eventOverflows") && (typeof message.eventOverflows === "object" ? message.eventOverflows.low || message.eventOverflows.high : message.eventOverflows !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.eventOverflows);
                if (message.queueLength != null && $Object.hasOwnProperty.call(message, "queueLength") && message.queueLength !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.queueLength);
                if (message.signatureGeneration != null && $Object.hasOwnProperty.call(message, "signatureGeneration") && message.signatureGeneration !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.signatureGeneration);
                if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.engineVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScannerStatus message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ScannerStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerStatus & guardimesh.v1.ScannerStatus.$Shape} ScannerStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScannerStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ScannerStatus();
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
                            if (value = reader.uint32())
                                message.containersWatched = value;
                            else
                                delete message.containersWatched;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.containersTotal = value;
                            else
                                delete message.containersTotal;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.spoolResults = value;
                            else
                                delete message.spoolResults;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.fileEvents = value;
                            else
                                delete message.fileEvents;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.eventOverflows = value;
                            else
                                delete message.eventOverflows;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.queueLength = value;
                            else
                                delete message.queueLength;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signatureGeneration = value;
                            else
                                delete message.signatureGeneration;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engineVersion = value;
                            else
                                delete message.engineVersion;
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

            return ScannerStatus;
        })();

        v1.ScannerResponse = (function() {

            /**
             * Properties of a ScannerResponse.
             * @typedef {Object} guardimesh.v1.ScannerResponse.$Properties
             * @property {number|null} [requestId] Id of the request.
             * @property {guardimesh.v1.IpcError.$Properties|null} [error] The request failed.
             * @property {guardimesh.v1.ScanProgress.$Properties|null} [progress] Responses to scan_now.
             * @property {guardimesh.v1.ScannerStatus.$Properties|null} [status] Response to get_status.
             * @property {"error"|"progress"|"status"} [answer] ScannerResponse answer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScannerResponse.
             * @memberof guardimesh.v1
             * @interface IScannerResponse
             * @augments guardimesh.v1.ScannerResponse.$Properties
             * @deprecated Use guardimesh.v1.ScannerResponse.$Properties instead.
             */

            /**
             * Narrowed shape of a ScannerResponse.
             * @typedef {{
             *   requestId?: number|null;
             *   error?: guardimesh.v1.IpcError.$Shape|null;
             *   progress?: guardimesh.v1.ScanProgress.$Shape|null;
             *   status?: guardimesh.v1.ScannerStatus.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ answer?: undefined; error?: null; progress?: null; status?: null }|{ answer?: "error"; error: guardimesh.v1.IpcError.$Shape; progress?: null; status?: null }|{ answer?: "progress"; error?: null; progress: guardimesh.v1.ScanProgress.$Shape; status?: null }|{ answer?: "status"; error?: null; progress?: null; status: guardimesh.v1.ScannerStatus.$Shape })
             * )} guardimesh.v1.ScannerResponse.$Shape
             */

            /**
             * Constructs a new ScannerResponse.
             * @memberof guardimesh.v1
             * @classdesc Response of the scanner.
             * @constructor
             * @param {guardimesh.v1.ScannerResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScannerResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the request.
             * @member {number} requestId
             * @memberof guardimesh.v1.ScannerResponse
             * @instance
             */
            ScannerResponse.prototype.requestId = 0;

            /**
             * The request failed.
             * @member {guardimesh.v1.IpcError.$Properties|null|undefined} error
             * @memberof guardimesh.v1.ScannerResponse
             * @instance
             */
            ScannerResponse.prototype.error = null;

            /**
             * Responses to scan_now.
             * @member {guardimesh.v1.ScanProgress.$Properties|null|undefined} progress
             * @memberof guardimesh.v1.ScannerResponse
             * @instance
             */
            ScannerResponse.prototype.progress = null;

            /**
             * Response to get_status.
             * @member {guardimesh.v1.ScannerStatus.$Properties|null|undefined} status
             * @memberof guardimesh.v1.ScannerResponse
             * @instance
             */
            ScannerResponse.prototype.status = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ScannerResponse answer.
             * @member {"error"|"progress"|"status"|undefined} answer
             * @memberof guardimesh.v1.ScannerResponse
             * @instance
             */
            $Object.defineProperty(ScannerResponse.prototype, "answer", {
                get: $util.oneOfGetter($oneOfFields = ["error", "progress", "status"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ScannerResponse instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.ScannerResponse
             * @static
             * @param {guardimesh.v1.ScannerResponse.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.ScannerResponse} ScannerResponse instance
             * @type {{
             *   (properties: guardimesh.v1.ScannerResponse.$Shape): guardimesh.v1.ScannerResponse & guardimesh.v1.ScannerResponse.$Shape;
             *   (properties?: guardimesh.v1.ScannerResponse.$Properties): guardimesh.v1.ScannerResponse;
             * }}
             */
            ScannerResponse.create = function(properties) {
                return new ScannerResponse(properties);
            };

            /**
             * Encodes the specified ScannerResponse message. Does not implicitly {@link guardimesh.v1.ScannerResponse.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.ScannerResponse
             * @static
             * @param {guardimesh.v1.ScannerResponse.$Properties} message ScannerResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScannerResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.requestId);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.guardimesh.v1.IpcError.encode(message.error, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                    $root.guardimesh.v1.ScanProgress.encode(message.progress, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.guardimesh.v1.ScannerStatus.encode(message.status, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScannerResponse message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.ScannerResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerResponse & guardimesh.v1.ScannerResponse.$Shape} ScannerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScannerResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.ScannerResponse();
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
                            if (value = reader.uint32())
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.guardimesh.v1.IpcError.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            message.answer = "error";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.progress = $root.guardimesh.v1.ScanProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.progress);
                            message.answer = "progress";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.guardimesh.v1.ScannerStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.answer = "status";
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

            return ScannerResponse;
        })();

        v1.PodContainer = (function() {

            /**
             * Properties of a PodContainer.
             * @typedef {Object} guardimesh.v1.PodContainer.$Properties
             * @property {string|null} [name] Name of the container in the pod. At most 253 bytes.
             * @property {string|null} [containerId] Id of the container in the runtime. At most 128 bytes.
             * @property {string|null} [image] Image reference of the pod specification. At most 512 bytes.
             * @property {string|null} [imageDigest] Digest of the image, "sha256:…". At most 128 bytes.
             * @property {string|null} [snapshotter] Snapshotter or storage driver of its layers. At most 64 bytes.
             * @property {boolean|null} [watched] Whether file events of the container are watched.
             * @property {string|null} [notWatchedReason] Reason for not watching the container; empty if it is watched. At most 256 bytes.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodContainer.
             * @memberof guardimesh.v1
             * @interface IPodContainer
             * @augments guardimesh.v1.PodContainer.$Properties
             * @deprecated Use guardimesh.v1.PodContainer.$Properties instead.
             */

            /**
             * Shape of a PodContainer.
             * @typedef {guardimesh.v1.PodContainer.$Properties} guardimesh.v1.PodContainer.$Shape
             */

            /**
             * Constructs a new PodContainer.
             * @memberof guardimesh.v1
             * @classdesc One container of a pod.
             * @constructor
             * @param {guardimesh.v1.PodContainer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodContainer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Name of the container in the pod. At most 253 bytes.
             * @member {string} name
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.name = "";

            /**
             * Id of the container in the runtime. At most 128 bytes.
             * @member {string} containerId
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.containerId = "";

            /**
             * Image reference of the pod specification. At most 512 bytes.
             * @member {string} image
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.image = "";

            /**
             * Digest of the image, "sha256:…". At most 128 bytes.
             * @member {string} imageDigest
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.imageDigest = "";

            /**
             * Snapshotter or storage driver of its layers. At most 64 bytes.
             * @member {string} snapshotter
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.snapshotter = "";

            /**
             * Whether file events of the container are watched.
             * @member {boolean} watched
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.watched = false;

            /**
             * Reason for not watching the container; empty if it is watched. At most 256 bytes.
             * @member {string} notWatchedReason
             * @memberof guardimesh.v1.PodContainer
             * @instance
             */
            PodContainer.prototype.notWatchedReason = "";

            /**
             * Creates a new PodContainer instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PodContainer
             * @static
             * @param {guardimesh.v1.PodContainer.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PodContainer} PodContainer instance
             * @type {{
             *   (properties: guardimesh.v1.PodContainer.$Shape): guardimesh.v1.PodContainer & guardimesh.v1.PodContainer.$Shape;
             *   (properties?: guardimesh.v1.PodContainer.$Properties): guardimesh.v1.PodContainer;
             * }}
             */
            PodContainer.create = function(properties) {
                return new PodContainer(properties);
            };

            /**
             * Encodes the specified PodContainer message. Does not implicitly {@link guardimesh.v1.PodContainer.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PodContainer
             * @static
             * @param {guardimesh.v1.PodContainer.$Properties} message PodContainer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodContainer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId") && message.containerId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.containerId);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.image);
                if (message.imageDigest != null && $Object.hasOwnProperty.call(message, "imageDigest") && message.imageDigest !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.imageDigest);
                if (message.snapshotter != null && $Object.hasOwnProperty.call(message, "snapshotter") && message.snapshotter !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.snapshotter);
                if (message.watched != null && $Object.hasOwnProperty.call(message, "watched") && message.watched !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.watched);
                if (message.notWatchedReason != null && $Object.hasOwnProperty.call(message, "notWatchedReason") && message.notWatchedReason !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.notWatchedReason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodContainer message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PodContainer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodContainer & guardimesh.v1.PodContainer.$Shape} PodContainer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodContainer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PodContainer();
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
                                message.containerId = value;
                            else
                                delete message.containerId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.imageDigest = value;
                            else
                                delete message.imageDigest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.snapshotter = value;
                            else
                                delete message.snapshotter;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.watched = value;
                            else
                                delete message.watched;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.notWatchedReason = value;
                            else
                                delete message.notWatchedReason;
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

            return PodContainer;
        })();

        v1.PodLog = (function() {

            /**
             * Properties of a PodLog.
             * @typedef {Object} guardimesh.v1.PodLog.$Properties
             * @property {string|null} [clusterId] Id of the node's cluster. 1 to 128 bytes.
             * @property {string|null} [nodeName] Name of the node. 1 to 253 bytes.
             * @property {string|null} [namespace] Namespace of the pod. At most 253 bytes.
             * @property {string|null} [podName] Name of the pod. 1 to 253 bytes.
             * @property {string|null} [podUid] UID of the pod, or the id of its sandbox in the runtime. At most 64 bytes.
             * @property {string|null} [owner] Owner as "Kind/name"; empty for a pod without an owner. At most 320 bytes.
             * @property {string|null} [podIp] IP address of the pod. At most 64 bytes.
             * @property {string|null} [hostIp] IP address of the node. At most 64 bytes.
             * @property {Array.<guardimesh.v1.PodContainer.$Properties>|null} [containers] Its containers. At most 100.
             * @property {number|null} [observedAtMs] Time of the observation, Unix time in milliseconds.
             * @property {boolean|null} [deleted] Whether the pod was deleted.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodLog.
             * @memberof guardimesh.v1
             * @interface IPodLog
             * @augments guardimesh.v1.PodLog.$Properties
             * @deprecated Use guardimesh.v1.PodLog.$Properties instead.
             */

            /**
             * Shape of a PodLog.
             * @typedef {guardimesh.v1.PodLog.$Properties} guardimesh.v1.PodLog.$Shape
             */

            /**
             * Constructs a new PodLog.
             * @memberof guardimesh.v1
             * @classdesc One pod of a node.
             * @constructor
             * @param {guardimesh.v1.PodLog.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodLog = function (properties) {
                this.containers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the node's cluster. 1 to 128 bytes.
             * @member {string} clusterId
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.clusterId = "";

            /**
             * Name of the node. 1 to 253 bytes.
             * @member {string} nodeName
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.nodeName = "";

            /**
             * Namespace of the pod. At most 253 bytes.
             * @member {string} namespace
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.namespace = "";

            /**
             * Name of the pod. 1 to 253 bytes.
             * @member {string} podName
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.podName = "";

            /**
             * UID of the pod, or the id of its sandbox in the runtime. At most 64 bytes.
             * @member {string} podUid
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.podUid = "";

            /**
             * Owner as "Kind/name"; empty for a pod without an owner. At most 320 bytes.
             * @member {string} owner
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.owner = "";

            /**
             * IP address of the pod. At most 64 bytes.
             * @member {string} podIp
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.podIp = "";

            /**
             * IP address of the node. At most 64 bytes.
             * @member {string} hostIp
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.hostIp = "";

            /**
             * Its containers. At most 100.
             * @member {Array.<guardimesh.v1.PodContainer.$Properties>} containers
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.containers = $util.emptyArray;

            /**
             * Time of the observation, Unix time in milliseconds.
             * @member {number} observedAtMs
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.observedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Whether the pod was deleted.
             * @member {boolean} deleted
             * @memberof guardimesh.v1.PodLog
             * @instance
             */
            PodLog.prototype.deleted = false;

            /**
             * Creates a new PodLog instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PodLog
             * @static
             * @param {guardimesh.v1.PodLog.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PodLog} PodLog instance
             * @type {{
             *   (properties: guardimesh.v1.PodLog.$Shape): guardimesh.v1.PodLog & guardimesh.v1.PodLog.$Shape;
             *   (properties?: guardimesh.v1.PodLog.$Properties): guardimesh.v1.PodLog;
             * }}
             */
            PodLog.create = function(properties) {
                return new PodLog(properties);
            };

            /**
             * Encodes the specified PodLog message. Does not implicitly {@link guardimesh.v1.PodLog.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PodLog
             * @static
             * @param {guardimesh.v1.PodLog.$Properties} message PodLog message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodLog.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
                if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nodeName);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.podName != null && $Object.hasOwnProperty.call(message, "podName") && message.podName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.podName);
                if (message.podUid != null && $Object.hasOwnProperty.call(message, "podUid") && message.podUid !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.podUid);
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner") && message.owner !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.owner);
                if (message.podIp != null && $Object.hasOwnProperty.call(message, "podIp") && message.podIp !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.podIp);
                if (message.hostIp != null && $Object.hasOwnProperty.call(message, "hostIp") && message.hostIp !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.hostIp);
                if (message.containers != null && message.containers.length)
                    for (let i = 0; i < message.containers.length; ++i)
                        $root.guardimesh.v1.PodContainer.encode(message.containers[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.observedAtMs != null && $Object.hasOwnProperty.call(message, "observedAtMs") && (typeof message.observedAtMs === "object" ? message.observedAtMs.low || message.observedAtMs.high : message.observedAtMs !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.observedAtMs);
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted") && message.deleted !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.deleted);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodLog message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PodLog
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodLog & guardimesh.v1.PodLog.$Shape} PodLog
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodLog.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PodLog();
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
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeName = value;
                            else
                                delete message.nodeName;
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podName = value;
                            else
                                delete message.podName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podUid = value;
                            else
                                delete message.podUid;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.owner = value;
                            else
                                delete message.owner;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podIp = value;
                            else
                                delete message.podIp;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostIp = value;
                            else
                                delete message.hostIp;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.containers && message.containers.length))
                                message.containers = [];
                            message.containers.push($root.guardimesh.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.observedAtMs = value;
                            else
                                delete message.observedAtMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.deleted = value;
                            else
                                delete message.deleted;
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

            return PodLog;
        })();

        v1.NodeStatus = (function() {

            /**
             * Properties of a NodeStatus.
             * @typedef {Object} guardimesh.v1.NodeStatus.$Properties
             * @property {string|null} [clusterId] Id of the node's cluster. 1 to 128 bytes.
             * @property {string|null} [nodeName] Name of the node. 1 to 253 bytes.
             * @property {string|null} [agentVersion] Version of the scanner. At most 64 bytes.
             * @property {string|null} [runtimeKind] Container runtime: "containerd", "cri-o" or "docker". At most 64 bytes.
             * @property {string|null} [runtimeVersion] Version of the runtime. At most 64 bytes.
             * @property {string|null} [runtimeEndpoint] Its socket, "unix:///run/containerd/containerd.sock". At most 512 bytes.
             * @property {string|null} [runtimeReason] Reason for choosing this runtime, one sentence. At most 512 bytes.
             * @property {string|null} [signatureGeneration] Signature generation that clamd loaded. At most 128 bytes.
             * @property {string|null} [engineVersion] Version that clamd reports. At most 128 bytes.
             * @property {number|null} [signatureCount] Number of loaded signatures; 0 when unknown.
             * @property {number|null} [spoolResults] Number of results in the spool that the backend has not acknowledged.
             * @property {number|null} [spoolBytes] Size of the spool on disk in bytes.
             * @property {number|null} [eventOverflows] Number of times that the kernel dropped file events since the scanner started.
             * @property {number|null} [containersWatched] Number of containers whose file events are watched.
             * @property {number|null} [containersTotal] Number of containers on the node.
             * @property {string|null} [kernelRelease] Kernel release. At most 128 bytes.
             * @property {string|null} [hostIp] IP address of the node. At most 64 bytes.
             * @property {number|null} [observedAtMs] Time of the observation, Unix time in milliseconds.
             * @property {string|null} [configError] Errors in the scan configuration, one sentence; empty when it is valid. At most 512 bytes.
             * @property {string|null} [configEtag] ETag of the active scan configuration; empty before the first one. At most 128 bytes.
             * @property {number|null} [signaturesLoadedAtMs] Time when clamd first used the signature generation, Unix time in milliseconds; 0 when unknown.
             * @property {number|null} [signaturesLoadMs] Time between switching the generation and clamd using it, milliseconds; 0 when unknown.
             * @property {number|null} [signaturesMemoryBytes] Memory of clamd with this generation in bytes; 0 when unknown.
             * @property {number|null} [signaturesPulledBytes] Number of bytes fetched over the network for this generation.
             * @property {string|null} [signaturesRefusedGeneration] Newest generation if this node rejected it; empty when the node accepted it. At most 128 bytes.
             * @property {string|null} [signaturesRefusal] Reason for the rejection, one sentence. At most 512 bytes.
             * @property {number|null} [selfTestAtMs] Time of the scanner's last self-test, Unix time in milliseconds; 0 before the first one.
             * @property {string|null} [selfTestFailed] Parts of the self-test that failed, such as "layer, clamav"; empty when it passed. At most 64 bytes.
             * @property {string|null} [selfTestDetail] Reasons of the failures; empty when it passed. At most 512 bytes.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeStatus.
             * @memberof guardimesh.v1
             * @interface INodeStatus
             * @augments guardimesh.v1.NodeStatus.$Properties
             * @deprecated Use guardimesh.v1.NodeStatus.$Properties instead.
             */

            /**
             * Shape of a NodeStatus.
             * @typedef {guardimesh.v1.NodeStatus.$Properties} guardimesh.v1.NodeStatus.$Shape
             */

            /**
             * Constructs a new NodeStatus.
             * @memberof guardimesh.v1
             * @classdesc Status of the scanner on one node.
             * @constructor
             * @param {guardimesh.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Id of the node's cluster. 1 to 128 bytes.
             * @member {string} clusterId
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.clusterId = "";

            /**
             * Name of the node. 1 to 253 bytes.
             * @member {string} nodeName
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.nodeName = "";

            /**
             * Version of the scanner. At most 64 bytes.
             * @member {string} agentVersion
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.agentVersion = "";

            /**
             * Container runtime: "containerd", "cri-o" or "docker". At most 64 bytes.
             * @member {string} runtimeKind
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.runtimeKind = "";

            /**
             * Version of the runtime. At most 64 bytes.
             * @member {string} runtimeVersion
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.runtimeVersion = "";

            /**
             * Its socket, "unix:///run/containerd/containerd.sock". At most 512 bytes.
             * @member {string} runtimeEndpoint
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.runtimeEndpoint = "";

            /**
             * Reason for choosing this runtime, one sentence. At most 512 bytes.
             * @member {string} runtimeReason
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.runtimeReason = "";

            /**
             * Signature generation that clamd loaded. At most 128 bytes.
             * @member {string} signatureGeneration
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signatureGeneration = "";

            /**
             * Version that clamd reports. At most 128 bytes.
             * @member {string} engineVersion
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.engineVersion = "";

            /**
             * Number of loaded signatures; 0 when unknown.
             * @member {number} signatureCount
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signatureCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of results in the spool that the backend has not acknowledged.
             * @member {number} spoolResults
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.spoolResults = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Size of the spool on disk in bytes.
             * @member {number} spoolBytes
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.spoolBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of times that the kernel dropped file events since the scanner started.
             * @member {number} eventOverflows
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.eventOverflows = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of containers whose file events are watched.
             * @member {number} containersWatched
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.containersWatched = 0;

            /**
             * Number of containers on the node.
             * @member {number} containersTotal
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.containersTotal = 0;

            /**
             * Kernel release. At most 128 bytes.
             * @member {string} kernelRelease
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.kernelRelease = "";

            /**
             * IP address of the node. At most 64 bytes.
             * @member {string} hostIp
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.hostIp = "";

            /**
             * Time of the observation, Unix time in milliseconds.
             * @member {number} observedAtMs
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.observedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Errors in the scan configuration, one sentence; empty when it is valid. At most 512 bytes.
             * @member {string} configError
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.configError = "";

            /**
             * ETag of the active scan configuration; empty before the first one. At most 128 bytes.
             * @member {string} configEtag
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.configEtag = "";

            /**
             * Time when clamd first used the signature generation, Unix time in milliseconds; 0 when unknown.
             * @member {number} signaturesLoadedAtMs
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesLoadedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Time between switching the generation and clamd using it, milliseconds; 0 when unknown.
             * @member {number} signaturesLoadMs
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesLoadMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Memory of clamd with this generation in bytes; 0 when unknown.
             * @member {number} signaturesMemoryBytes
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesMemoryBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Number of bytes fetched over the network for this generation.
             * @member {number} signaturesPulledBytes
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesPulledBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Newest generation if this node rejected it; empty when the node accepted it. At most 128 bytes.
             * @member {string} signaturesRefusedGeneration
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesRefusedGeneration = "";

            /**
             * Reason for the rejection, one sentence. At most 512 bytes.
             * @member {string} signaturesRefusal
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.signaturesRefusal = "";

            /**
             * Time of the scanner's last self-test, Unix time in milliseconds; 0 before the first one.
             * @member {number} selfTestAtMs
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.selfTestAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Parts of the self-test that failed, such as "layer, clamav"; empty when it passed. At most 64 bytes.
             * @member {string} selfTestFailed
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.selfTestFailed = "";

            /**
             * Reasons of the failures; empty when it passed. At most 512 bytes.
             * @member {string} selfTestDetail
             * @memberof guardimesh.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.selfTestDetail = "";

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.NodeStatus
             * @static
             * @param {guardimesh.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.NodeStatus} NodeStatus instance
             * @type {{
             *   (properties: guardimesh.v1.NodeStatus.$Shape): guardimesh.v1.NodeStatus & guardimesh.v1.NodeStatus.$Shape;
             *   (properties?: guardimesh.v1.NodeStatus.$Properties): guardimesh.v1.NodeStatus;
             * }}
             */
            NodeStatus.create = function(properties) {
                return new NodeStatus(properties);
            };

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link guardimesh.v1.NodeStatus.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.NodeStatus
             * @static
             * @param {guardimesh.v1.NodeStatus.$Properties} message NodeStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
                if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nodeName);
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.agentVersion);
                if (message.runtimeKind != null && $Object.hasOwnProperty.call(message, "runtimeKind") && message.runtimeKind !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.runtimeKind);
                if (message.runtimeVersion != null && $Object.hasOwnProperty.call(message, "runtimeVersion") && message.runtimeVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.runtimeVersion);
                if (message.runtimeEndpoint != null && $Object.hasOwnProperty.call(message, "runtimeEndpoint") && message.runtimeEndpoint !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.runtimeEndpoint);
                if (message.runtimeReason != null && $Object.hasOwnProperty.call(message, "runtimeReason") && message.runtimeReason !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.runtimeReason);
                if (message.signatureGeneration != null && $Object.hasOwnProperty.call(message, "signatureGeneration") && message.signatureGeneration !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.signatureGeneration);
                if (message.engineVersion != null && $Object.hasOwnProperty.call(message, "engineVersion") && message.engineVersion !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.engineVersion);
                if (message.signatureCount != null && $Object.hasOwnProperty.call(message, "signatureCount") && (typeof message.signatureCount === "object" ? message.signatureCount.low || message.signatureCount.high : message.signatureCount !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.signatureCount);
                if (message.spoolResults != null && $Object.hasOwnProperty.call(message, "spoolResults") && (typeof message.spoolResults === "object" ? message.spoolResults.low || message.spoolResults.high : message.spoolResults !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.spoolResults);
                if (message.spoolBytes != null && $Object.hasOwnProperty.call(message, "spoolBytes") && (typeof message.spoolBytes === "object" ? message.spoolBytes.low || message.spoolBytes.high : message.spoolBytes !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.spoolBytes);
                if (message.eventOverflows != null && $Object.hasOwnProperty.call(message, "eventOverflows") && (typeof message.eventOverflows === "object" ? message.eventOverflows.low || message.eventOverflows.high : message.eventOverflows !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.eventOverflows);
                if (message.containersWatched != null && $Object.hasOwnProperty.call(message, "containersWatched") && message.containersWatched !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.containersWatched);
                if (message.containersTotal != null && $Object.hasOwnProperty.call(message, "containersTotal") && message.containersTotal !== 0)
                    writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.containersTotal);
                if (message.kernelRelease != null && $Object.hasOwnProperty.call(message, "kernelRelease") && message.kernelRelease !== "")
                    writer.uint32(/* id 16, wireType 2 =*/130).string(message.kernelRelease);
                if (message.hostIp != null && $Object.hasOwnProperty.call(message, "hostIp") && message.hostIp !== "")
                    writer.uint32(/* id 17, wireType 2 =*/138).string(message.hostIp);
                if (message.observedAtMs != null && $Object.hasOwnProperty.call(message, "observedAtMs") && (typeof message.observedAtMs === "object" ? message.observedAtMs.low || message.observedAtMs.high : message.observedAtMs !== 0))
                    writer.uint32(/* id 18, wireType 0 =*/144).uint64(message.observedAtMs);
                if (message.configError != null && $Object.hasOwnProperty.call(message, "configError") && message.configError !== "")
                    writer.uint32(/* id 19, wireType 2 =*/154).string(message.configError);
                if (message.configEtag != null && $Object.hasOwnProperty.call(message, "configEtag") && message.configEtag !== "")
                    writer.uint32(/* id 20, wireType 2 =*/162).string(message.configEtag);
                if (message.signaturesLoadedAtMs != null && $Object.hasOwnProperty.call(message, "signaturesLoadedAtMs") && (typeof message.signaturesLoadedAtMs === "object" ? message.signaturesLoadedAtMs.low || message.signaturesLoadedAtMs.high : message.signaturesLoadedAtMs !== 0))
                    writer.uint32(/* id 21, wireType 0 =*/168).uint64(message.signaturesLoadedAtMs);
                if (message.signaturesLoadMs != null && $Object.hasOwnProperty.call(message, "signaturesLoadMs") && (typeof message.signaturesLoadMs === "object" ? message.signaturesLoadMs.low || message.signaturesLoadMs.high : message.signaturesLoadMs !== 0))
                    writer.uint32(/* id 22, wireType 0 =*/176).uint64(message.signaturesLoadMs);
                if (message.signaturesMemoryBytes != null && $Object.hasOwnProperty.call(message, "signaturesMemoryBytes") && (typeof message.signaturesMemoryBytes === "object" ? message.signaturesMemoryBytes.low || message.signaturesMemoryBytes.high : message.signaturesMemoryBytes !== 0))
                    writer.uint32(/* id 23, wireType 0 =*/184).uint64(message.signaturesMemoryBytes);
                if (message.signaturesPulledBytes != null && $Object.hasOwnProperty.call(message, "signaturesPulledBytes") && (typeof message.signaturesPulledBytes === "object" ? message.signaturesPulledBytes.low || message.signaturesPulledBytes.high : message.signaturesPulledBytes !== 0))
                    writer.uint32(/* id 24, wireType 0 =*/192).uint64(message.signaturesPulledBytes);
                if (message.signaturesRefusedGeneration != null && $Object.hasOwnProperty.call(message, "signaturesRefusedGeneration") && message.signaturesRefusedGeneration !== "")
                    writer.uint32(/* id 25, wireType 2 =*/202).string(message.signaturesRefusedGeneration);
                if (message.signaturesRefusal != null && $Object.hasOwnProperty.call(message, "signaturesRefusal") && message.signaturesRefusal !== "")
                    writer.uint32(/* id 26, wireType 2 =*/210).string(message.signaturesRefusal);
                if (message.selfTestAtMs != null && $Object.hasOwnProperty.call(message, "selfTestAtMs") && (typeof message.selfTestAtMs === "object" ? message.selfTestAtMs.low || message.selfTestAtMs.high : message.selfTestAtMs !== 0))
                    writer.uint32(/* id 27, wireType 0 =*/216).uint64(message.selfTestAtMs);
                if (message.selfTestFailed != null && $Object.hasOwnProperty.call(message, "selfTestFailed") && message.selfTestFailed !== "")
                    writer.uint32(/* id 28, wireType 2 =*/226).string(message.selfTestFailed);
                if (message.selfTestDetail != null && $Object.hasOwnProperty.call(message, "selfTestDetail") && message.selfTestDetail !== "")
                    writer.uint32(/* id 29, wireType 2 =*/234).string(message.selfTestDetail);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.NodeStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.NodeStatus & guardimesh.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.NodeStatus();
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
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeName = value;
                            else
                                delete message.nodeName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeKind = value;
                            else
                                delete message.runtimeKind;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeVersion = value;
                            else
                                delete message.runtimeVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeEndpoint = value;
                            else
                                delete message.runtimeEndpoint;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeReason = value;
                            else
                                delete message.runtimeReason;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signatureGeneration = value;
                            else
                                delete message.signatureGeneration;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.engineVersion = value;
                            else
                                delete message.engineVersion;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.signatureCount = value;
                            else
                                delete message.signatureCount;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.spoolResults = value;
                            else
                                delete message.spoolResults;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.spoolBytes = value;
                            else
                                delete message.spoolBytes;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.eventOverflows = value;
                            else
                                delete message.eventOverflows;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.containersWatched = value;
                            else
                                delete message.containersWatched;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.containersTotal = value;
                            else
                                delete message.containersTotal;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kernelRelease = value;
                            else
                                delete message.kernelRelease;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostIp = value;
                            else
                                delete message.hostIp;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.observedAtMs = value;
                            else
                                delete message.observedAtMs;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.configError = value;
                            else
                                delete message.configError;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.configEtag = value;
                            else
                                delete message.configEtag;
                            continue;
                        }
                    case 21: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.signaturesLoadedAtMs = value;
                            else
                                delete message.signaturesLoadedAtMs;
                            continue;
                        }
                    case 22: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.signaturesLoadMs = value;
                            else
                                delete message.signaturesLoadMs;
                            continue;
                        }
                    case 23: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.signaturesMemoryBytes = value;
                            else
                                delete message.signaturesMemoryBytes;
                            continue;
                        }
                    case 24: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.signaturesPulledBytes = value;
                            else
                                delete message.signaturesPulledBytes;
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signaturesRefusedGeneration = value;
                            else
                                delete message.signaturesRefusedGeneration;
                            continue;
                        }
                    case 26: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.signaturesRefusal = value;
                            else
                                delete message.signaturesRefusal;
                            continue;
                        }
                    case 27: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.selfTestAtMs = value;
                            else
                                delete message.selfTestAtMs;
                            continue;
                        }
                    case 28: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.selfTestFailed = value;
                            else
                                delete message.selfTestFailed;
                            continue;
                        }
                    case 29: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.selfTestDetail = value;
                            else
                                delete message.selfTestDetail;
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

            return NodeStatus;
        })();

        v1.PodLogBatch = (function() {

            /**
             * Properties of a PodLogBatch.
             * @typedef {Object} guardimesh.v1.PodLogBatch.$Properties
             * @property {Array.<guardimesh.v1.PodLog.$Properties>|null} [pods] The pods.
             * @property {guardimesh.v1.NodeStatus.$Properties|null} [node] Status of the scanner that sends the pods.
             * @property {boolean|null} [complete] Whether `pods` lists all pods of the node; pods that are not listed have been deleted.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodLogBatch.
             * @memberof guardimesh.v1
             * @interface IPodLogBatch
             * @augments guardimesh.v1.PodLogBatch.$Properties
             * @deprecated Use guardimesh.v1.PodLogBatch.$Properties instead.
             */

            /**
             * Shape of a PodLogBatch.
             * @typedef {guardimesh.v1.PodLogBatch.$Properties} guardimesh.v1.PodLogBatch.$Shape
             */

            /**
             * Constructs a new PodLogBatch.
             * @memberof guardimesh.v1
             * @classdesc Body of a request with many pods. At most 500 pods and 1 MiB after compression.
             * Field numbers start at 101, above those of PodLog, so that the backend distinguishes the two by the first field.
             * @constructor
             * @param {guardimesh.v1.PodLogBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodLogBatch = function (properties) {
                this.pods = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The pods.
             * @member {Array.<guardimesh.v1.PodLog.$Properties>} pods
             * @memberof guardimesh.v1.PodLogBatch
             * @instance
             */
            PodLogBatch.prototype.pods = $util.emptyArray;

            /**
             * Status of the scanner that sends the pods.
             * @member {guardimesh.v1.NodeStatus.$Properties|null|undefined} node
             * @memberof guardimesh.v1.PodLogBatch
             * @instance
             */
            PodLogBatch.prototype.node = null;

            /**
             * Whether `pods` lists all pods of the node; pods that are not listed have been deleted.
             * @member {boolean} complete
             * @memberof guardimesh.v1.PodLogBatch
             * @instance
             */
            PodLogBatch.prototype.complete = false;

            /**
             * Creates a new PodLogBatch instance using the specified properties.
             * @function create
             * @memberof guardimesh.v1.PodLogBatch
             * @static
             * @param {guardimesh.v1.PodLogBatch.$Properties=} [properties] Properties to set
             * @returns {guardimesh.v1.PodLogBatch} PodLogBatch instance
             * @type {{
             *   (properties: guardimesh.v1.PodLogBatch.$Shape): guardimesh.v1.PodLogBatch & guardimesh.v1.PodLogBatch.$Shape;
             *   (properties?: guardimesh.v1.PodLogBatch.$Properties): guardimesh.v1.PodLogBatch;
             * }}
             */
            PodLogBatch.create = function(properties) {
                return new PodLogBatch(properties);
            };

            /**
             * Encodes the specified PodLogBatch message. Does not implicitly {@link guardimesh.v1.PodLogBatch.verify|verify} messages.
             * @function encode
             * @memberof guardimesh.v1.PodLogBatch
             * @static
             * @param {guardimesh.v1.PodLogBatch.$Properties} message PodLogBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodLogBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pods != null && message.pods.length)
                    for (let i = 0; i < message.pods.length; ++i)
                        $root.guardimesh.v1.PodLog.encode(message.pods[i], writer.uint32(/* id 101, wireType 2 =*/810).fork(), _depth + 1).ldelim();
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    $root.guardimesh.v1.NodeStatus.encode(message.node, writer.uint32(/* id 102, wireType 2 =*/818).fork(), _depth + 1).ldelim();
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 103, wireType 0 =*/824).bool(message.complete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodLogBatch message from the specified reader or buffer.
             * @function decode
             * @memberof guardimesh.v1.PodLogBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodLogBatch & guardimesh.v1.PodLogBatch.$Shape} PodLogBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodLogBatch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.guardimesh.v1.PodLogBatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 101: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pods && message.pods.length))
                                message.pods = [];
                            message.pods.push($root.guardimesh.v1.PodLog.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 102: {
                            if (wireType !== 2)
                                break;
                            message.node = $root.guardimesh.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                            continue;
                        }
                    case 103: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
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

            return PodLogBatch;
        })();

        return v1;
    })();

    return guardimesh;
})();

export {
  $root as default
};
