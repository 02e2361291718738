import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace guardimesh. */
export namespace guardimesh {

    /** Namespace v1. */
    namespace v1 {

        /** How a file was detected, or the origin of the file. */
        enum ScanSource {

            /** Not set; rejected by the backend. */
            SCAN_SOURCE_UNSPECIFIED = 0,

            /** A file in the writable layer of a container, found by walking the layer. */
            SCAN_SOURCE_UPPERDIR = 1,

            /** A file in a layer of the image. */
            SCAN_SOURCE_IMAGE_LAYER = 2,

            /** A file on a volume that a pod mounts. */
            SCAN_SOURCE_VOLUME = 3,

            /** A running executable that is missing from the image or differs from the one in the image. */
            SCAN_SOURCE_DRIFT = 4,

            /** The executable of a running process whose file was removed. */
            SCAN_SOURCE_DELETED_BINARY = 5,

            /** A library that a running process has mapped and whose file was removed. */
            SCAN_SOURCE_DELETED_LIBRARY = 6,

            /** An executable that exists in anonymous memory only (memfd_create). */
            SCAN_SOURCE_MEMFD = 7,

            /** A file that rules, entropy or a model classify as packed or obfuscated. */
            SCAN_SOURCE_OBFUSCATION = 8,

            /** A file that was scanned after a container wrote or executed it. */
            SCAN_SOURCE_REALTIME = 9,

            /** A file that was scanned because a user requested it. */
            SCAN_SOURCE_ON_DEMAND = 10,

            /** Content with an earlier sighting whose hash was imported later. Created by the backend; no node reports it. */
            SCAN_SOURCE_RETRO_HUNT = 11
        }

        /** Severity of a finding. */
        enum Severity {

            /** Not set; rejected by the backend. */
            SEVERITY_UNSPECIFIED = 0,

            /** Informational; no action expected. */
            SEVERITY_INFO = 1,

            /** Unusual; investigate when time permits. */
            SEVERITY_LOW = 2,

            /** Suspicious; investigate within a day. */
            SEVERITY_MEDIUM = 3,

            /** Malware by signature, or an attack technique in use. */
            SEVERITY_HIGH = 4,

            /** Running malware. */
            SEVERITY_CRITICAL = 5
        }

        /** Trigger of a scan. */
        enum ScanTrigger {

            /** Not set; rejected by the backend. */
            SCAN_TRIGGER_UNSPECIFIED = 0,

            /** The container was seen for the first time. */
            SCAN_TRIGGER_CONTAINER_START = 1,

            /** The schedule of the scan configuration. */
            SCAN_TRIGGER_SCHEDULE = 2,

            /** A write or an execution that fanotify reported. */
            SCAN_TRIGGER_FILE_EVENT = 3,

            /** The kernel lost events, so the scanner scanned all files. */
            SCAN_TRIGGER_EVENT_OVERFLOW = 4,

            /** A user requested the scan. */
            SCAN_TRIGGER_ON_REQUEST = 5,

            /** The node loaded another signature generation. */
            SCAN_TRIGGER_SIGNATURE_UPDATE = 6,

            /** A file or memory that changed without an event, found by a check of what can still change. */
            SCAN_TRIGGER_RECHECK = 7,

            /** A layer of an image was scanned, or its known findings apply to a new container. */
            SCAN_TRIGGER_IMAGE_LAYER = 8
        }

        /** Reason for not scanning. "Not scanned" is a result of its own, never "clean". */
        enum CoverageReason {

            /** Not set; rejected by the backend. */
            COVERAGE_REASON_UNSPECIFIED = 0,

            /** Larger than the limit of the scan configuration. */
            COVERAGE_REASON_TOO_LARGE = 1,

            /** Deleted before it could be opened. */
            COVERAGE_REASON_VANISHED = 2,

            /** Could not be opened or read. */
            COVERAGE_REASON_UNREADABLE = 3,

            /** The engine failed. */
            COVERAGE_REASON_ENGINE_ERROR = 4,

            /** The engine timed out. */
            COVERAGE_REASON_TIMEOUT = 5,

            /** The layers of the container's snapshotter cannot be read. */
            COVERAGE_REASON_UNSUPPORTED_SNAPSHOTTER = 6,

            /** The scan configuration skips this namespace. */
            COVERAGE_REASON_SKIPPED_NAMESPACE = 7,

            /** A symbolic link, FIFO, socket or device: counted, never opened. */
            COVERAGE_REASON_NOT_REGULAR = 8,

            /** The path leaves the container through a symbolic or magic link. */
            COVERAGE_REASON_OUTSIDE_CONTAINER = 9,

            /** The file kept changing while it was read. */
            COVERAGE_REASON_CHANGED_WHILE_SCANNED = 10,

            /** The scan reached a limit: number of files, depth, bytes or time. */
            COVERAGE_REASON_BUDGET_EXHAUSTED = 11,

            /** The kernel dropped file events; a full scan was started. */
            COVERAGE_REASON_EVENT_OVERFLOW = 12,

            /** The container could not be inspected, or its file events could not be watched. */
            COVERAGE_REASON_NOT_INSPECTED = 13,

            /** The content is encrypted, so no engine can scan it. */
            COVERAGE_REASON_ENCRYPTED = 14,

            /** No engine can unpack the format (squashfs, an unknown archive), or a member of it. */
            COVERAGE_REASON_UNSUPPORTED_FORMAT = 15,

            /** Only a part of the content was scanned; the detail names the engine and the part. */
            COVERAGE_REASON_PARTIALLY_SCANNED = 16,

            /** An engine that should scan the file does not answer; the verdicts of the others are reported. The file is scanned again when it answers. */
            COVERAGE_REASON_ENGINE_UNAVAILABLE = 17,

            /** A network or FUSE file system, which is never read by default: its server could block the scanner. */
            COVERAGE_REASON_NETWORK_FILE_SYSTEM = 18,

            /** A volume that the scan configuration or its kind excludes. */
            COVERAGE_REASON_VOLUME_NOT_SCANNED = 19,

            /** A mount of the container, or of another mount namespace of its processes, whose file events cannot be watched. */
            COVERAGE_REASON_MOUNT_NOT_WATCHED = 20,

            /** File events of the first moments of the container, before its watch began. */
            COVERAGE_REASON_NOT_WATCHED_AT_START = 21,

            /** The container ended before its first scan. */
            COVERAGE_REASON_ENDED_BEFORE_SCAN = 22,

            /** A layer of the container's image that has not been scanned with the current signatures. */
            COVERAGE_REASON_IMAGE_NOT_SCANNED = 23,

            /** A process has executable memory without a file, which cannot be scanned. */
            COVERAGE_REASON_EXECUTABLE_MEMORY = 24,

            /** A container that Kubernetes did not create. */
            COVERAGE_REASON_UNMANAGED_CONTAINER = 25,

            /** A file system did not answer in time. */
            COVERAGE_REASON_FILE_SYSTEM_STALLED = 26
        }

        /**
         * Properties of a Process.
         * @deprecated Use guardimesh.v1.Process.$Properties instead.
         */
        interface IProcess extends guardimesh.v1.Process.$Properties {
        }

        /** A process that used a file when it was scanned. */
        class Process {

            /**
             * Constructs a new Process.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.Process.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Process id in the host's PID namespace. */
            pid: number;

            /** Process id of the parent in the host's PID namespace; 0 when unknown. */
            parentPid: number;

            /** Target of /proc/<pid>/exe, unchanged bytes. At most 4096 bytes. */
            exe: Uint8Array;

            /** The command line, arguments separated by one space. At most 1024 bytes. */
            commandLine: Uint8Array;

            /** Name of the parent process (comm). At most 64 bytes. */
            parentName: string;

            /** User id of the process. */
            uid: number;

            /** Start time of the process, Unix time in milliseconds; 0 when unknown. */
            startedAtMs: number;

            /**
             * Creates a new Process instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Process instance
             */
            static create(properties: guardimesh.v1.Process.$Shape): guardimesh.v1.Process & guardimesh.v1.Process.$Shape;
            static create(properties?: guardimesh.v1.Process.$Properties): guardimesh.v1.Process;

            /**
             * Encodes the specified Process message. Does not implicitly {@link guardimesh.v1.Process.verify|verify} messages.
             * @param message Process message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.Process.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Process message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.Process & guardimesh.v1.Process.$Shape} Process
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.Process & guardimesh.v1.Process.$Shape;
        }

        namespace Process {

            /** Properties of a Process. */
            interface $Properties {

                /** Process id in the host's PID namespace. */
                pid?: (number|null);

                /** Process id of the parent in the host's PID namespace; 0 when unknown. */
                parentPid?: (number|null);

                /** Target of /proc/<pid>/exe, unchanged bytes. At most 4096 bytes. */
                exe?: (Uint8Array|null);

                /** The command line, arguments separated by one space. At most 1024 bytes. */
                commandLine?: (Uint8Array|null);

                /** Name of the parent process (comm). At most 64 bytes. */
                parentName?: (string|null);

                /** User id of the process. */
                uid?: (number|null);

                /** Start time of the process, Unix time in milliseconds; 0 when unknown. */
                startedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Process. */
            type $Shape = guardimesh.v1.Process.$Properties;
        }

        /**
         * Properties of a Finding.
         * @deprecated Use guardimesh.v1.Finding.$Properties instead.
         */
        interface IFinding extends guardimesh.v1.Finding.$Properties {
        }

        /** Malware or suspicious behaviour at one location. */
        class Finding {

            /**
             * Constructs a new Finding.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.Finding.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UUIDv7, 16 bytes, created by the scanner. */
            findingId: Uint8Array;

            /** Name of the signature or rule. At most 256 bytes. */
            signatureName: string;

            /** Path in the container, raw bytes. At most 4096 bytes. */
            path: Uint8Array;

            /** Detection source. */
            scanSource: guardimesh.v1.ScanSource;

            /** SHA-256 of the content, 32 bytes; empty when the content could not be hashed. */
            sha256: Uint8Array;

            /** Size of the content in bytes. */
            sizeBytes: number;

            /** The layer that holds the file: "upperdir", "image", "volume:<destination>" or "memory". At most 512 bytes. */
            layer: string;

            /** User id of the file's owner. */
            ownerUid: number;

            /** Group id of the file. */
            ownerGid: number;

            /** st_mode of the file, type and permission bits. */
            mode: number;

            /** Last change of the content, Unix time in milliseconds. */
            modifiedAtMs: number;

            /** Last change of the inode, Unix time in milliseconds. */
            changedAtMs: number;

            /** The process that used the file, if any. */
            process?: (guardimesh.v1.Process.$Properties|null);

            /** Engine that detected it: "clamav", "yara", "entropy" or "drift". At most 64 bytes. */
            engine: string;

            /** Version of the engine. At most 128 bytes. */
            engineVersion: string;

            /** Loaded signature generation. At most 128 bytes. */
            signatureGeneration: string;

            /** Severity of the finding. */
            severity: guardimesh.v1.Severity;

            /** Description for users, one sentence. At most 1024 bytes. */
            description: string;

            /** Time of the engine's answer, Unix time in milliseconds. */
            detectedAtMs: number;

            /**
             * Creates a new Finding instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Finding instance
             */
            static create(properties: guardimesh.v1.Finding.$Shape): guardimesh.v1.Finding & guardimesh.v1.Finding.$Shape;
            static create(properties?: guardimesh.v1.Finding.$Properties): guardimesh.v1.Finding;

            /**
             * Encodes the specified Finding message. Does not implicitly {@link guardimesh.v1.Finding.verify|verify} messages.
             * @param message Finding message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.Finding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Finding message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.Finding & guardimesh.v1.Finding.$Shape} Finding
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.Finding & guardimesh.v1.Finding.$Shape;
        }

        namespace Finding {

            /** Properties of a Finding. */
            interface $Properties {

                /** UUIDv7, 16 bytes, created by the scanner. */
                findingId?: (Uint8Array|null);

                /** Name of the signature or rule. At most 256 bytes. */
                signatureName?: (string|null);

                /** Path in the container, raw bytes. At most 4096 bytes. */
                path?: (Uint8Array|null);

                /** Detection source. */
                scanSource?: (guardimesh.v1.ScanSource|null);

                /** SHA-256 of the content, 32 bytes; empty when the content could not be hashed. */
                sha256?: (Uint8Array|null);

                /** Size of the content in bytes. */
                sizeBytes?: (number|null);

                /** The layer that holds the file: "upperdir", "image", "volume:<destination>" or "memory". At most 512 bytes. */
                layer?: (string|null);

                /** User id of the file's owner. */
                ownerUid?: (number|null);

                /** Group id of the file. */
                ownerGid?: (number|null);

                /** st_mode of the file, type and permission bits. */
                mode?: (number|null);

                /** Last change of the content, Unix time in milliseconds. */
                modifiedAtMs?: (number|null);

                /** Last change of the inode, Unix time in milliseconds. */
                changedAtMs?: (number|null);

                /** The process that used the file, if any. */
                process?: (guardimesh.v1.Process.$Properties|null);

                /** Engine that detected it: "clamav", "yara", "entropy" or "drift". At most 64 bytes. */
                engine?: (string|null);

                /** Version of the engine. At most 128 bytes. */
                engineVersion?: (string|null);

                /** Loaded signature generation. At most 128 bytes. */
                signatureGeneration?: (string|null);

                /** Severity of the finding. */
                severity?: (guardimesh.v1.Severity|null);

                /** Description for users, one sentence. At most 1024 bytes. */
                description?: (string|null);

                /** Time of the engine's answer, Unix time in milliseconds. */
                detectedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Finding. */
            type $Shape = guardimesh.v1.Finding.$Properties;
        }

        /**
         * Properties of a Coverage.
         * @deprecated Use guardimesh.v1.Coverage.$Properties instead.
         */
        interface ICoverage extends guardimesh.v1.Coverage.$Properties {
        }

        /** Files or a container that were not scanned, with the reason. */
        class Coverage {

            /**
             * Constructs a new Coverage.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.Coverage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reason for not scanning. */
            reason: guardimesh.v1.CoverageReason;

            /** Path in the container, raw bytes, at most 4096; empty when the entry stands for many files or the whole container. */
            path: Uint8Array;

            /** Number of files that the entry stands for; 0 for a whole container. */
            count: number;

            /** Size in bytes of the file, or of all files of the entry; 0 when unknown. */
            sizeBytes: number;

            /** Details of the reason ("limit 100 MiB", "EACCES"). At most 512 bytes. */
            detail: string;

            /**
             * Creates a new Coverage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Coverage instance
             */
            static create(properties: guardimesh.v1.Coverage.$Shape): guardimesh.v1.Coverage & guardimesh.v1.Coverage.$Shape;
            static create(properties?: guardimesh.v1.Coverage.$Properties): guardimesh.v1.Coverage;

            /**
             * Encodes the specified Coverage message. Does not implicitly {@link guardimesh.v1.Coverage.verify|verify} messages.
             * @param message Coverage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.Coverage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Coverage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.Coverage & guardimesh.v1.Coverage.$Shape} Coverage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.Coverage & guardimesh.v1.Coverage.$Shape;
        }

        namespace Coverage {

            /** Properties of a Coverage. */
            interface $Properties {

                /** Reason for not scanning. */
                reason?: (guardimesh.v1.CoverageReason|null);

                /** Path in the container, raw bytes, at most 4096; empty when the entry stands for many files or the whole container. */
                path?: (Uint8Array|null);

                /** Number of files that the entry stands for; 0 for a whole container. */
                count?: (number|null);

                /** Size in bytes of the file, or of all files of the entry; 0 when unknown. */
                sizeBytes?: (number|null);

                /** Details of the reason ("limit 100 MiB", "EACCES"). At most 512 bytes. */
                detail?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Coverage. */
            type $Shape = guardimesh.v1.Coverage.$Properties;
        }

        /**
         * Properties of a ClamResult.
         * @deprecated Use guardimesh.v1.ClamResult.$Properties instead.
         */
        interface IClamResult extends guardimesh.v1.ClamResult.$Properties {
        }

        /** Result of one scan of one container. */
        class ClamResult {

            /**
             * Constructs a new ClamResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ClamResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UUIDv7, 16 bytes, created by the scanner. (cluster_id, result_id) is unique in the backend. */
            resultId: Uint8Array;

            /** Id of the node's cluster. 1 to 128 bytes. */
            clusterId: string;

            /** Name of the node. 1 to 253 bytes. */
            nodeName: string;

            /** Namespace of the pod; empty for a container outside Kubernetes. At most 253 bytes. */
            namespace: string;

            /** Name of the pod; empty for a container outside Kubernetes. At most 253 bytes. */
            podName: string;

            /** UID of the pod. At most 64 bytes. */
            podUid: string;

            /** Name of the container in the pod, or the container's own name. At most 253 bytes. */
            containerName: string;

            /** Id of the container in the runtime. 1 to 128 bytes. */
            containerId: string;

            /** Image reference of the pod specification. At most 512 bytes. */
            image: string;

            /** Digest of the image, "sha256:…". At most 128 bytes. */
            imageDigest: string;

            /** IP address of the pod. At most 64 bytes. */
            podIp: string;

            /** IP address of the node. At most 64 bytes. */
            hostIp: string;

            /** Trigger of the scan. */
            trigger: guardimesh.v1.ScanTrigger;

            /** Start of the scan, Unix time in milliseconds. */
            startedAtMs: number;

            /** End of the scan, Unix time in milliseconds. */
            finishedAtMs: number;

            /** Number of files that an engine scanned. */
            filesScanned: number;

            /** Number of bytes that an engine scanned. */
            bytesScanned: number;

            /** Number of files whose verdict was in the verdict cache. */
            filesCached: number;

            /** Findings. At most 1000. */
            findings: guardimesh.v1.Finding.$Properties[];

            /** Files and containers that were not scanned. At most 1000. */
            coverage: guardimesh.v1.Coverage.$Properties[];

            /** Loaded signature generation. At most 128 bytes. */
            signatureGeneration: string;

            /** Version of the engine. At most 128 bytes. */
            engineVersion: string;

            /**
             * Creates a new ClamResult instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClamResult instance
             */
            static create(properties: guardimesh.v1.ClamResult.$Shape): guardimesh.v1.ClamResult & guardimesh.v1.ClamResult.$Shape;
            static create(properties?: guardimesh.v1.ClamResult.$Properties): guardimesh.v1.ClamResult;

            /**
             * Encodes the specified ClamResult message. Does not implicitly {@link guardimesh.v1.ClamResult.verify|verify} messages.
             * @param message ClamResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ClamResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClamResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ClamResult & guardimesh.v1.ClamResult.$Shape} ClamResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ClamResult & guardimesh.v1.ClamResult.$Shape;
        }

        namespace ClamResult {

            /** Properties of a ClamResult. */
            interface $Properties {

                /** UUIDv7, 16 bytes, created by the scanner. (cluster_id, result_id) is unique in the backend. */
                resultId?: (Uint8Array|null);

                /** Id of the node's cluster. 1 to 128 bytes. */
                clusterId?: (string|null);

                /** Name of the node. 1 to 253 bytes. */
                nodeName?: (string|null);

                /** Namespace of the pod; empty for a container outside Kubernetes. At most 253 bytes. */
                namespace?: (string|null);

                /** Name of the pod; empty for a container outside Kubernetes. At most 253 bytes. */
                podName?: (string|null);

                /** UID of the pod. At most 64 bytes. */
                podUid?: (string|null);

                /** Name of the container in the pod, or the container's own name. At most 253 bytes. */
                containerName?: (string|null);

                /** Id of the container in the runtime. 1 to 128 bytes. */
                containerId?: (string|null);

                /** Image reference of the pod specification. At most 512 bytes. */
                image?: (string|null);

                /** Digest of the image, "sha256:…". At most 128 bytes. */
                imageDigest?: (string|null);

                /** IP address of the pod. At most 64 bytes. */
                podIp?: (string|null);

                /** IP address of the node. At most 64 bytes. */
                hostIp?: (string|null);

                /** Trigger of the scan. */
                trigger?: (guardimesh.v1.ScanTrigger|null);

                /** Start of the scan, Unix time in milliseconds. */
                startedAtMs?: (number|null);

                /** End of the scan, Unix time in milliseconds. */
                finishedAtMs?: (number|null);

                /** Number of files that an engine scanned. */
                filesScanned?: (number|null);

                /** Number of bytes that an engine scanned. */
                bytesScanned?: (number|null);

                /** Number of files whose verdict was in the verdict cache. */
                filesCached?: (number|null);

                /** Findings. At most 1000. */
                findings?: (guardimesh.v1.Finding.$Properties[]|null);

                /** Files and containers that were not scanned. At most 1000. */
                coverage?: (guardimesh.v1.Coverage.$Properties[]|null);

                /** Loaded signature generation. At most 128 bytes. */
                signatureGeneration?: (string|null);

                /** Version of the engine. At most 128 bytes. */
                engineVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClamResult. */
            type $Shape = guardimesh.v1.ClamResult.$Properties;
        }

        /**
         * Properties of a Gap.
         * @deprecated Use guardimesh.v1.Gap.$Properties instead.
         */
        interface IGap extends guardimesh.v1.Gap.$Properties {
        }

        /** Results that a node dropped, reported so that the loss is visible. */
        class Gap {

            /**
             * Constructs a new Gap.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.Gap.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UUIDv7, 16 bytes. A gap that is sent twice is stored once. */
            gapId: Uint8Array;

            /** Id of the node's cluster. 1 to 128 bytes. */
            clusterId: string;

            /** Name of the node. 1 to 253 bytes. */
            nodeName: string;

            /** Reason for dropping: "spool_full", "spool_corrupt" or "refused". At most 64 bytes. */
            reason: string;

            /** Number of dropped results without findings. */
            cleanResults: number;

            /** Number of dropped results with findings. */
            findingResults: number;

            /** Number of findings in the dropped results. */
            findings: number;

            /** Time of the oldest dropped result, Unix time in milliseconds. */
            fromMs: number;

            /** Time of the newest dropped result, Unix time in milliseconds. */
            toMs: number;

            /** Number of dropped sightings. Sightings of files that still exist are reported again on a later day. */
            sightings: number;

            /**
             * Creates a new Gap instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Gap instance
             */
            static create(properties: guardimesh.v1.Gap.$Shape): guardimesh.v1.Gap & guardimesh.v1.Gap.$Shape;
            static create(properties?: guardimesh.v1.Gap.$Properties): guardimesh.v1.Gap;

            /**
             * Encodes the specified Gap message. Does not implicitly {@link guardimesh.v1.Gap.verify|verify} messages.
             * @param message Gap message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.Gap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Gap message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.Gap & guardimesh.v1.Gap.$Shape} Gap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.Gap & guardimesh.v1.Gap.$Shape;
        }

        namespace Gap {

            /** Properties of a Gap. */
            interface $Properties {

                /** UUIDv7, 16 bytes. A gap that is sent twice is stored once. */
                gapId?: (Uint8Array|null);

                /** Id of the node's cluster. 1 to 128 bytes. */
                clusterId?: (string|null);

                /** Name of the node. 1 to 253 bytes. */
                nodeName?: (string|null);

                /** Reason for dropping: "spool_full", "spool_corrupt" or "refused". At most 64 bytes. */
                reason?: (string|null);

                /** Number of dropped results without findings. */
                cleanResults?: (number|null);

                /** Number of dropped results with findings. */
                findingResults?: (number|null);

                /** Number of findings in the dropped results. */
                findings?: (number|null);

                /** Time of the oldest dropped result, Unix time in milliseconds. */
                fromMs?: (number|null);

                /** Time of the newest dropped result, Unix time in milliseconds. */
                toMs?: (number|null);

                /** Number of dropped sightings. Sightings of files that still exist are reported again on a later day. */
                sightings?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Gap. */
            type $Shape = guardimesh.v1.Gap.$Properties;
        }

        /**
         * Properties of a FileSighting.
         * @deprecated Use guardimesh.v1.FileSighting.$Properties instead.
         */
        interface IFileSighting extends guardimesh.v1.FileSighting.$Properties {
        }

        /**
         * Content that an engine scanned in a container. Reported once for each content, container and path, and again when the verdict changes.
         * A retro-hunt matches hashes that are imported later against the sightings.
         */
        class FileSighting {

            /**
             * Constructs a new FileSighting.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.FileSighting.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the node's cluster. 1 to 128 bytes. */
            clusterId: string;

            /** Name of the node. 1 to 253 bytes. */
            nodeName: string;

            /** Namespace of the pod. At most 253 bytes. */
            namespace: string;

            /** Name of the pod. At most 253 bytes. */
            podName: string;

            /** Name of the container in the pod. At most 253 bytes. */
            containerName: string;

            /** Id of the container in the runtime. 1 to 128 bytes. */
            containerId: string;

            /** Image reference of the pod specification. At most 512 bytes. */
            image: string;

            /** SHA-256 of the content, 32 bytes. */
            sha256: Uint8Array;

            /** Size of the content in bytes. */
            sizeBytes: number;

            /** Path in the container, raw bytes. At most 4096 bytes. */
            path: Uint8Array;

            /** Detection source. */
            scanSource: guardimesh.v1.ScanSource;

            /** Time when this node first saw the content there, Unix time in milliseconds. */
            firstSeenAtMs: number;

            /** Time when this node last saw the content there, Unix time in milliseconds. */
            lastSeenAtMs: number;

            /** Signature generation with which the content was clean; empty when it was not clean. */
            cleanGeneration: string;

            /** MD5 of the content, 16 bytes; empty when the node has an older version or its OpenSSL forbids MD5. */
            md5: Uint8Array;

            /**
             * Creates a new FileSighting instance using the specified properties.
             * @param [properties] Properties to set
             * @returns FileSighting instance
             */
            static create(properties: guardimesh.v1.FileSighting.$Shape): guardimesh.v1.FileSighting & guardimesh.v1.FileSighting.$Shape;
            static create(properties?: guardimesh.v1.FileSighting.$Properties): guardimesh.v1.FileSighting;

            /**
             * Encodes the specified FileSighting message. Does not implicitly {@link guardimesh.v1.FileSighting.verify|verify} messages.
             * @param message FileSighting message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.FileSighting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileSighting message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.FileSighting & guardimesh.v1.FileSighting.$Shape} FileSighting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.FileSighting & guardimesh.v1.FileSighting.$Shape;
        }

        namespace FileSighting {

            /** Properties of a FileSighting. */
            interface $Properties {

                /** Id of the node's cluster. 1 to 128 bytes. */
                clusterId?: (string|null);

                /** Name of the node. 1 to 253 bytes. */
                nodeName?: (string|null);

                /** Namespace of the pod. At most 253 bytes. */
                namespace?: (string|null);

                /** Name of the pod. At most 253 bytes. */
                podName?: (string|null);

                /** Name of the container in the pod. At most 253 bytes. */
                containerName?: (string|null);

                /** Id of the container in the runtime. 1 to 128 bytes. */
                containerId?: (string|null);

                /** Image reference of the pod specification. At most 512 bytes. */
                image?: (string|null);

                /** SHA-256 of the content, 32 bytes. */
                sha256?: (Uint8Array|null);

                /** Size of the content in bytes. */
                sizeBytes?: (number|null);

                /** Path in the container, raw bytes. At most 4096 bytes. */
                path?: (Uint8Array|null);

                /** Detection source. */
                scanSource?: (guardimesh.v1.ScanSource|null);

                /** Time when this node first saw the content there, Unix time in milliseconds. */
                firstSeenAtMs?: (number|null);

                /** Time when this node last saw the content there, Unix time in milliseconds. */
                lastSeenAtMs?: (number|null);

                /** Signature generation with which the content was clean; empty when it was not clean. */
                cleanGeneration?: (string|null);

                /** MD5 of the content, 16 bytes; empty when the node has an older version or its OpenSSL forbids MD5. */
                md5?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileSighting. */
            type $Shape = guardimesh.v1.FileSighting.$Properties;
        }

        /**
         * Properties of a ClamResultBatch.
         * @deprecated Use guardimesh.v1.ClamResultBatch.$Properties instead.
         */
        interface IClamResultBatch extends guardimesh.v1.ClamResultBatch.$Properties {
        }

        /**
         * Body of a request with many results. At most 500 results and 1 MiB after compression.
         * Field numbers start at 101, above those of ClamResult, so that the backend distinguishes the two by the first field.
         */
        class ClamResultBatch {

            /**
             * Constructs a new ClamResultBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ClamResultBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The results. */
            results: guardimesh.v1.ClamResult.$Properties[];

            /** Gaps since the last batch. At most 100. */
            gaps: guardimesh.v1.Gap.$Properties[];

            /** Sightings. At most 5000. */
            sightings: guardimesh.v1.FileSighting.$Properties[];

            /**
             * Creates a new ClamResultBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClamResultBatch instance
             */
            static create(properties: guardimesh.v1.ClamResultBatch.$Shape): guardimesh.v1.ClamResultBatch & guardimesh.v1.ClamResultBatch.$Shape;
            static create(properties?: guardimesh.v1.ClamResultBatch.$Properties): guardimesh.v1.ClamResultBatch;

            /**
             * Encodes the specified ClamResultBatch message. Does not implicitly {@link guardimesh.v1.ClamResultBatch.verify|verify} messages.
             * @param message ClamResultBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ClamResultBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClamResultBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ClamResultBatch & guardimesh.v1.ClamResultBatch.$Shape} ClamResultBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ClamResultBatch & guardimesh.v1.ClamResultBatch.$Shape;
        }

        namespace ClamResultBatch {

            /** Properties of a ClamResultBatch. */
            interface $Properties {

                /** The results. */
                results?: (guardimesh.v1.ClamResult.$Properties[]|null);

                /** Gaps since the last batch. At most 100. */
                gaps?: (guardimesh.v1.Gap.$Properties[]|null);

                /** Sightings. At most 5000. */
                sightings?: (guardimesh.v1.FileSighting.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClamResultBatch. */
            type $Shape = guardimesh.v1.ClamResultBatch.$Properties;
        }

        /**
         * Properties of a ContainerMount.
         * @deprecated Use guardimesh.v1.ContainerMount.$Properties instead.
         */
        interface IContainerMount extends guardimesh.v1.ContainerMount.$Properties {
        }

        /** A mount of a container. */
        class ContainerMount {

            /**
             * Constructs a new ContainerMount.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ContainerMount.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Path on the node. */
            source: string;

            /** Path in the container. */
            destination: string;

            /** "bind", "volume", "tmpfs" and others, as reported by the runtime. */
            type: string;

            /** True if the mount is read-only for the container. */
            readOnly: boolean;

            /**
             * Creates a new ContainerMount instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerMount instance
             */
            static create(properties: guardimesh.v1.ContainerMount.$Shape): guardimesh.v1.ContainerMount & guardimesh.v1.ContainerMount.$Shape;
            static create(properties?: guardimesh.v1.ContainerMount.$Properties): guardimesh.v1.ContainerMount;

            /**
             * Encodes the specified ContainerMount message. Does not implicitly {@link guardimesh.v1.ContainerMount.verify|verify} messages.
             * @param message ContainerMount message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ContainerMount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerMount message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerMount & guardimesh.v1.ContainerMount.$Shape} ContainerMount
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ContainerMount & guardimesh.v1.ContainerMount.$Shape;
        }

        namespace ContainerMount {

            /** Properties of a ContainerMount. */
            interface $Properties {

                /** Path on the node. */
                source?: (string|null);

                /** Path in the container. */
                destination?: (string|null);

                /** "bind", "volume", "tmpfs" and others, as reported by the runtime. */
                type?: (string|null);

                /** True if the mount is read-only for the container. */
                readOnly?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerMount. */
            type $Shape = guardimesh.v1.ContainerMount.$Properties;
        }

        /**
         * Properties of a ContainerInfo.
         * @deprecated Use guardimesh.v1.ContainerInfo.$Properties instead.
         */
        interface IContainerInfo extends guardimesh.v1.ContainerInfo.$Properties {
        }

        /** A container. Labels, annotations and environment are not included, because they may contain secrets. */
        class ContainerInfo {

            /**
             * Constructs a new ContainerInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ContainerInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id in the runtime. */
            containerId: string;

            /** Name in the pod, or the container's own name. */
            containerName: string;

            /** Namespace of the pod; empty outside Kubernetes. */
            namespace: string;

            /** Name of the pod; empty outside Kubernetes. */
            podName: string;

            /** UID of the pod. */
            podUid: string;

            /** IP address of the pod. */
            podIp: string;

            /** Image reference in the pod specification. */
            image: string;

            /** Digest of the image, "sha256:…". */
            imageDigest: string;

            /** First process of the container, in the node's PID namespace; 0 if the container is not running. */
            pid: number;

            /** Snapshotter or storage driver. */
            snapshotter: string;

            /** Writable layer, a path on the node; empty when unsupported. */
            upperdir: string;

            /** Read-only layers, topmost first. */
            lowerdirs: string[];

            /** Mounts of the container. */
            mounts: guardimesh.v1.ContainerMount.$Properties[];

            /** Reason why the layers cannot be read; empty if they can be read. */
            unsupportedReason: string;

            /** Start of the container, Unix time in milliseconds; 0 when unknown. */
            startedAtMs: number;

            /** True for the infrastructure container of a pod. */
            sandbox: boolean;

            /** True for a container that the runtime's Kubernetes interface does not list, for example one started with ctr or nerdctl. */
            unmanaged: boolean;

            /** Diff ids of `lowerdirs`, in the same order, "sha256:…"; empty text for a layer whose diff id is unknown. */
            layerDigests: string[];

            /**
             * Creates a new ContainerInfo instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerInfo instance
             */
            static create(properties: guardimesh.v1.ContainerInfo.$Shape): guardimesh.v1.ContainerInfo & guardimesh.v1.ContainerInfo.$Shape;
            static create(properties?: guardimesh.v1.ContainerInfo.$Properties): guardimesh.v1.ContainerInfo;

            /**
             * Encodes the specified ContainerInfo message. Does not implicitly {@link guardimesh.v1.ContainerInfo.verify|verify} messages.
             * @param message ContainerInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ContainerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerInfo & guardimesh.v1.ContainerInfo.$Shape} ContainerInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ContainerInfo & guardimesh.v1.ContainerInfo.$Shape;
        }

        namespace ContainerInfo {

            /** Properties of a ContainerInfo. */
            interface $Properties {

                /** Id in the runtime. */
                containerId?: (string|null);

                /** Name in the pod, or the container's own name. */
                containerName?: (string|null);

                /** Namespace of the pod; empty outside Kubernetes. */
                namespace?: (string|null);

                /** Name of the pod; empty outside Kubernetes. */
                podName?: (string|null);

                /** UID of the pod. */
                podUid?: (string|null);

                /** IP address of the pod. */
                podIp?: (string|null);

                /** Image reference in the pod specification. */
                image?: (string|null);

                /** Digest of the image, "sha256:…". */
                imageDigest?: (string|null);

                /** First process of the container, in the node's PID namespace; 0 if the container is not running. */
                pid?: (number|null);

                /** Snapshotter or storage driver. */
                snapshotter?: (string|null);

                /** Writable layer, a path on the node; empty when unsupported. */
                upperdir?: (string|null);

                /** Read-only layers, topmost first. */
                lowerdirs?: (string[]|null);

                /** Mounts of the container. */
                mounts?: (guardimesh.v1.ContainerMount.$Properties[]|null);

                /** Reason why the layers cannot be read; empty if they can be read. */
                unsupportedReason?: (string|null);

                /** Start of the container, Unix time in milliseconds; 0 when unknown. */
                startedAtMs?: (number|null);

                /** True for the infrastructure container of a pod. */
                sandbox?: (boolean|null);

                /** True for a container that the runtime's Kubernetes interface does not list, for example one started with ctr or nerdctl. */
                unmanaged?: (boolean|null);

                /** Diff ids of `lowerdirs`, in the same order, "sha256:…"; empty text for a layer whose diff id is unknown. */
                layerDigests?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerInfo. */
            type $Shape = guardimesh.v1.ContainerInfo.$Properties;
        }

        /**
         * Properties of a RuntimeStatus.
         * @deprecated Use guardimesh.v1.RuntimeStatus.$Properties instead.
         */
        interface IRuntimeStatus extends guardimesh.v1.RuntimeStatus.$Properties {
        }

        /** The container runtime that the inspector uses. */
        class RuntimeStatus {

            /**
             * Constructs a new RuntimeStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.RuntimeStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** "containerd", "cri-o" or "docker". */
            kind: string;

            /** Version of the runtime. */
            version: string;

            /** Address of its socket, "unix:///run/containerd/containerd.sock". */
            endpoint: string;

            /** Reason for the choice, one sentence. */
            reason: string;

            /** True when the last request to it succeeded. */
            reachable: boolean;

            /** Reason why the last request failed, one sentence. */
            error: string;

            /**
             * Creates a new RuntimeStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RuntimeStatus instance
             */
            static create(properties: guardimesh.v1.RuntimeStatus.$Shape): guardimesh.v1.RuntimeStatus & guardimesh.v1.RuntimeStatus.$Shape;
            static create(properties?: guardimesh.v1.RuntimeStatus.$Properties): guardimesh.v1.RuntimeStatus;

            /**
             * Encodes the specified RuntimeStatus message. Does not implicitly {@link guardimesh.v1.RuntimeStatus.verify|verify} messages.
             * @param message RuntimeStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.RuntimeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RuntimeStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.RuntimeStatus & guardimesh.v1.RuntimeStatus.$Shape} RuntimeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.RuntimeStatus & guardimesh.v1.RuntimeStatus.$Shape;
        }

        namespace RuntimeStatus {

            /** Properties of a RuntimeStatus. */
            interface $Properties {

                /** "containerd", "cri-o" or "docker". */
                kind?: (string|null);

                /** Version of the runtime. */
                version?: (string|null);

                /** Address of its socket, "unix:///run/containerd/containerd.sock". */
                endpoint?: (string|null);

                /** Reason for the choice, one sentence. */
                reason?: (string|null);

                /** True when the last request to it succeeded. */
                reachable?: (boolean|null);

                /** Reason why the last request failed, one sentence. */
                error?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RuntimeStatus. */
            type $Shape = guardimesh.v1.RuntimeStatus.$Properties;
        }

        /**
         * Properties of a ListContainersRequest.
         * @deprecated Use guardimesh.v1.ListContainersRequest.$Properties instead.
         */
        interface IListContainersRequest extends guardimesh.v1.ListContainersRequest.$Properties {
        }

        /** Requests all running containers. */
        class ListContainersRequest {

            /**
             * Constructs a new ListContainersRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ListContainersRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ListContainersRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ListContainersRequest instance
             */
            static create(properties: guardimesh.v1.ListContainersRequest.$Shape): guardimesh.v1.ListContainersRequest & guardimesh.v1.ListContainersRequest.$Shape;
            static create(properties?: guardimesh.v1.ListContainersRequest.$Properties): guardimesh.v1.ListContainersRequest;

            /**
             * Encodes the specified ListContainersRequest message. Does not implicitly {@link guardimesh.v1.ListContainersRequest.verify|verify} messages.
             * @param message ListContainersRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ListContainersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListContainersRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ListContainersRequest & guardimesh.v1.ListContainersRequest.$Shape} ListContainersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ListContainersRequest & guardimesh.v1.ListContainersRequest.$Shape;
        }

        namespace ListContainersRequest {

            /** Properties of a ListContainersRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListContainersRequest. */
            type $Shape = guardimesh.v1.ListContainersRequest.$Properties;
        }

        /**
         * Properties of a GetContainerRequest.
         * @deprecated Use guardimesh.v1.GetContainerRequest.$Properties instead.
         */
        interface IGetContainerRequest extends guardimesh.v1.GetContainerRequest.$Properties {
        }

        /** Requests one container. */
        class GetContainerRequest {

            /**
             * Constructs a new GetContainerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.GetContainerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id in the runtime, or an unambiguous prefix of it. */
            containerId: string;

            /**
             * Creates a new GetContainerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GetContainerRequest instance
             */
            static create(properties: guardimesh.v1.GetContainerRequest.$Shape): guardimesh.v1.GetContainerRequest & guardimesh.v1.GetContainerRequest.$Shape;
            static create(properties?: guardimesh.v1.GetContainerRequest.$Properties): guardimesh.v1.GetContainerRequest;

            /**
             * Encodes the specified GetContainerRequest message. Does not implicitly {@link guardimesh.v1.GetContainerRequest.verify|verify} messages.
             * @param message GetContainerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.GetContainerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetContainerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetContainerRequest & guardimesh.v1.GetContainerRequest.$Shape} GetContainerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.GetContainerRequest & guardimesh.v1.GetContainerRequest.$Shape;
        }

        namespace GetContainerRequest {

            /** Properties of a GetContainerRequest. */
            interface $Properties {

                /** Id in the runtime, or an unambiguous prefix of it. */
                containerId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetContainerRequest. */
            type $Shape = guardimesh.v1.GetContainerRequest.$Properties;
        }

        /**
         * Properties of a WatchContainersRequest.
         * @deprecated Use guardimesh.v1.WatchContainersRequest.$Properties instead.
         */
        interface IWatchContainersRequest extends guardimesh.v1.WatchContainersRequest.$Properties {
        }

        /** Requests all running containers, followed by every change. */
        class WatchContainersRequest {

            /**
             * Constructs a new WatchContainersRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.WatchContainersRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new WatchContainersRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WatchContainersRequest instance
             */
            static create(properties: guardimesh.v1.WatchContainersRequest.$Shape): guardimesh.v1.WatchContainersRequest & guardimesh.v1.WatchContainersRequest.$Shape;
            static create(properties?: guardimesh.v1.WatchContainersRequest.$Properties): guardimesh.v1.WatchContainersRequest;

            /**
             * Encodes the specified WatchContainersRequest message. Does not implicitly {@link guardimesh.v1.WatchContainersRequest.verify|verify} messages.
             * @param message WatchContainersRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.WatchContainersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WatchContainersRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.WatchContainersRequest & guardimesh.v1.WatchContainersRequest.$Shape} WatchContainersRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.WatchContainersRequest & guardimesh.v1.WatchContainersRequest.$Shape;
        }

        namespace WatchContainersRequest {

            /** Properties of a WatchContainersRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WatchContainersRequest. */
            type $Shape = guardimesh.v1.WatchContainersRequest.$Properties;
        }

        /**
         * Properties of a GetRuntimeRequest.
         * @deprecated Use guardimesh.v1.GetRuntimeRequest.$Properties instead.
         */
        interface IGetRuntimeRequest extends guardimesh.v1.GetRuntimeRequest.$Properties {
        }

        /** Requests the status of the runtime. */
        class GetRuntimeRequest {

            /**
             * Constructs a new GetRuntimeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.GetRuntimeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new GetRuntimeRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GetRuntimeRequest instance
             */
            static create(properties: guardimesh.v1.GetRuntimeRequest.$Shape): guardimesh.v1.GetRuntimeRequest & guardimesh.v1.GetRuntimeRequest.$Shape;
            static create(properties?: guardimesh.v1.GetRuntimeRequest.$Properties): guardimesh.v1.GetRuntimeRequest;

            /**
             * Encodes the specified GetRuntimeRequest message. Does not implicitly {@link guardimesh.v1.GetRuntimeRequest.verify|verify} messages.
             * @param message GetRuntimeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.GetRuntimeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetRuntimeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetRuntimeRequest & guardimesh.v1.GetRuntimeRequest.$Shape} GetRuntimeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.GetRuntimeRequest & guardimesh.v1.GetRuntimeRequest.$Shape;
        }

        namespace GetRuntimeRequest {

            /** Properties of a GetRuntimeRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetRuntimeRequest. */
            type $Shape = guardimesh.v1.GetRuntimeRequest.$Properties;
        }

        /**
         * Properties of an InspectorRequest.
         * @deprecated Use guardimesh.v1.InspectorRequest.$Properties instead.
         */
        interface IInspectorRequest extends guardimesh.v1.InspectorRequest.$Properties {
        }

        /** Request to the inspector. */
        class InspectorRequest {

            /**
             * Constructs a new InspectorRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.InspectorRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chosen by the client; repeated in every response. */
            requestId: number;

            /** Requests all running containers. */
            listContainers?: (guardimesh.v1.ListContainersRequest.$Properties|null);

            /** Requests one container. */
            getContainer?: (guardimesh.v1.GetContainerRequest.$Properties|null);

            /** Requests all running containers, followed by every change. */
            watchContainers?: (guardimesh.v1.WatchContainersRequest.$Properties|null);

            /** Requests the status of the runtime. */
            getRuntime?: (guardimesh.v1.GetRuntimeRequest.$Properties|null);

            /** InspectorRequest question. */
            question?: ("listContainers"|"getContainer"|"watchContainers"|"getRuntime");

            /**
             * Creates a new InspectorRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectorRequest instance
             */
            static create(properties: guardimesh.v1.InspectorRequest.$Shape): guardimesh.v1.InspectorRequest & guardimesh.v1.InspectorRequest.$Shape;
            static create(properties?: guardimesh.v1.InspectorRequest.$Properties): guardimesh.v1.InspectorRequest;

            /**
             * Encodes the specified InspectorRequest message. Does not implicitly {@link guardimesh.v1.InspectorRequest.verify|verify} messages.
             * @param message InspectorRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.InspectorRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectorRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.InspectorRequest & guardimesh.v1.InspectorRequest.$Shape} InspectorRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.InspectorRequest & guardimesh.v1.InspectorRequest.$Shape;
        }

        namespace InspectorRequest {

            /** Properties of an InspectorRequest. */
            interface $Properties {

                /** Chosen by the client; repeated in every response. */
                requestId?: (number|null);

                /** Requests all running containers. */
                listContainers?: (guardimesh.v1.ListContainersRequest.$Properties|null);

                /** Requests one container. */
                getContainer?: (guardimesh.v1.GetContainerRequest.$Properties|null);

                /** Requests all running containers, followed by every change. */
                watchContainers?: (guardimesh.v1.WatchContainersRequest.$Properties|null);

                /** Requests the status of the runtime. */
                getRuntime?: (guardimesh.v1.GetRuntimeRequest.$Properties|null);

                /** InspectorRequest question */
                question?: ("listContainers"|"getContainer"|"watchContainers"|"getRuntime");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an InspectorRequest. */
            type $Shape = {
              requestId?: number|null;
              listContainers?: guardimesh.v1.ListContainersRequest.$Shape|null;
              getContainer?: guardimesh.v1.GetContainerRequest.$Shape|null;
              watchContainers?: guardimesh.v1.WatchContainersRequest.$Shape|null;
              getRuntime?: guardimesh.v1.GetRuntimeRequest.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ question?: undefined; listContainers?: null; getContainer?: null; watchContainers?: null; getRuntime?: null }|{ question?: "listContainers"; listContainers: guardimesh.v1.ListContainersRequest.$Shape; getContainer?: null; watchContainers?: null; getRuntime?: null }|{ question?: "getContainer"; listContainers?: null; getContainer: guardimesh.v1.GetContainerRequest.$Shape; watchContainers?: null; getRuntime?: null }|{ question?: "watchContainers"; listContainers?: null; getContainer?: null; watchContainers: guardimesh.v1.WatchContainersRequest.$Shape; getRuntime?: null }|{ question?: "getRuntime"; listContainers?: null; getContainer?: null; watchContainers?: null; getRuntime: guardimesh.v1.GetRuntimeRequest.$Shape })
            );
        }

        /**
         * Properties of a ContainerList.
         * @deprecated Use guardimesh.v1.ContainerList.$Properties instead.
         */
        interface IContainerList extends guardimesh.v1.ContainerList.$Properties {
        }

        /** List of containers. */
        class ContainerList {

            /**
             * Constructs a new ContainerList.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ContainerList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The containers. */
            containers: guardimesh.v1.ContainerInfo.$Properties[];

            /**
             * Creates a new ContainerList instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerList instance
             */
            static create(properties: guardimesh.v1.ContainerList.$Shape): guardimesh.v1.ContainerList & guardimesh.v1.ContainerList.$Shape;
            static create(properties?: guardimesh.v1.ContainerList.$Properties): guardimesh.v1.ContainerList;

            /**
             * Encodes the specified ContainerList message. Does not implicitly {@link guardimesh.v1.ContainerList.verify|verify} messages.
             * @param message ContainerList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ContainerList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerList & guardimesh.v1.ContainerList.$Shape} ContainerList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ContainerList & guardimesh.v1.ContainerList.$Shape;
        }

        namespace ContainerList {

            /** Properties of a ContainerList. */
            interface $Properties {

                /** The containers. */
                containers?: (guardimesh.v1.ContainerInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerList. */
            type $Shape = guardimesh.v1.ContainerList.$Properties;
        }

        /**
         * Properties of a ContainerChange.
         * @deprecated Use guardimesh.v1.ContainerChange.$Properties instead.
         */
        interface IContainerChange extends guardimesh.v1.ContainerChange.$Properties {
        }

        /** A change of the running containers. */
        class ContainerChange {

            /**
             * Constructs a new ContainerChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ContainerChange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** A container that has started, or was already running. */
            started?: (guardimesh.v1.ContainerInfo.$Properties|null);

            /** Id of a container that has stopped. */
            stoppedContainerId: string;

            /** Sent once, after all containers that were already running. */
            synced: boolean;

            /** A container that ended before its start was reported. Fields that are not known are empty. */
            endedUnseen?: (guardimesh.v1.ContainerInfo.$Properties|null);

            /**
             * Creates a new ContainerChange instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerChange instance
             */
            static create(properties: guardimesh.v1.ContainerChange.$Shape): guardimesh.v1.ContainerChange & guardimesh.v1.ContainerChange.$Shape;
            static create(properties?: guardimesh.v1.ContainerChange.$Properties): guardimesh.v1.ContainerChange;

            /**
             * Encodes the specified ContainerChange message. Does not implicitly {@link guardimesh.v1.ContainerChange.verify|verify} messages.
             * @param message ContainerChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ContainerChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ContainerChange & guardimesh.v1.ContainerChange.$Shape} ContainerChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ContainerChange & guardimesh.v1.ContainerChange.$Shape;
        }

        namespace ContainerChange {

            /** Properties of a ContainerChange. */
            interface $Properties {

                /** A container that has started, or was already running. */
                started?: (guardimesh.v1.ContainerInfo.$Properties|null);

                /** Id of a container that has stopped. */
                stoppedContainerId?: (string|null);

                /** Sent once, after all containers that were already running. */
                synced?: (boolean|null);

                /** A container that ended before its start was reported. Fields that are not known are empty. */
                endedUnseen?: (guardimesh.v1.ContainerInfo.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerChange. */
            type $Shape = guardimesh.v1.ContainerChange.$Properties;
        }

        /**
         * Properties of an IpcError.
         * @deprecated Use guardimesh.v1.IpcError.$Properties instead.
         */
        interface IIpcError extends guardimesh.v1.IpcError.$Properties {
        }

        /** An error. */
        class IpcError {

            /**
             * Constructs a new IpcError.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.IpcError.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** A code of contracts/src/errors/api-codes.ts or kit/src/errors/node-codes.ts. */
            code: string;

            /** One sentence. */
            message: string;

            /**
             * Creates a new IpcError instance using the specified properties.
             * @param [properties] Properties to set
             * @returns IpcError instance
             */
            static create(properties: guardimesh.v1.IpcError.$Shape): guardimesh.v1.IpcError & guardimesh.v1.IpcError.$Shape;
            static create(properties?: guardimesh.v1.IpcError.$Properties): guardimesh.v1.IpcError;

            /**
             * Encodes the specified IpcError message. Does not implicitly {@link guardimesh.v1.IpcError.verify|verify} messages.
             * @param message IpcError message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.IpcError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IpcError message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.IpcError & guardimesh.v1.IpcError.$Shape} IpcError
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.IpcError & guardimesh.v1.IpcError.$Shape;
        }

        namespace IpcError {

            /** Properties of an IpcError. */
            interface $Properties {

                /** A code of contracts/src/errors/api-codes.ts or kit/src/errors/node-codes.ts. */
                code?: (string|null);

                /** One sentence. */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IpcError. */
            type $Shape = guardimesh.v1.IpcError.$Properties;
        }

        /**
         * Properties of an InspectorResponse.
         * @deprecated Use guardimesh.v1.InspectorResponse.$Properties instead.
         */
        interface IInspectorResponse extends guardimesh.v1.InspectorResponse.$Properties {
        }

        /** Response of the inspector. */
        class InspectorResponse {

            /**
             * Constructs a new InspectorResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.InspectorResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the request. */
            requestId: number;

            /** The request failed. */
            error?: (guardimesh.v1.IpcError.$Properties|null);

            /** Response to list_containers. */
            containers?: (guardimesh.v1.ContainerList.$Properties|null);

            /** Response to get_container. */
            container?: (guardimesh.v1.ContainerInfo.$Properties|null);

            /** Responses to watch_containers. */
            change?: (guardimesh.v1.ContainerChange.$Properties|null);

            /** Response to get_runtime. */
            runtime?: (guardimesh.v1.RuntimeStatus.$Properties|null);

            /** InspectorResponse answer. */
            answer?: ("error"|"containers"|"container"|"change"|"runtime");

            /**
             * Creates a new InspectorResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns InspectorResponse instance
             */
            static create(properties: guardimesh.v1.InspectorResponse.$Shape): guardimesh.v1.InspectorResponse & guardimesh.v1.InspectorResponse.$Shape;
            static create(properties?: guardimesh.v1.InspectorResponse.$Properties): guardimesh.v1.InspectorResponse;

            /**
             * Encodes the specified InspectorResponse message. Does not implicitly {@link guardimesh.v1.InspectorResponse.verify|verify} messages.
             * @param message InspectorResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.InspectorResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InspectorResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.InspectorResponse & guardimesh.v1.InspectorResponse.$Shape} InspectorResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.InspectorResponse & guardimesh.v1.InspectorResponse.$Shape;
        }

        namespace InspectorResponse {

            /** Properties of an InspectorResponse. */
            interface $Properties {

                /** Id of the request. */
                requestId?: (number|null);

                /** The request failed. */
                error?: (guardimesh.v1.IpcError.$Properties|null);

                /** Response to list_containers. */
                containers?: (guardimesh.v1.ContainerList.$Properties|null);

                /** Response to get_container. */
                container?: (guardimesh.v1.ContainerInfo.$Properties|null);

                /** Responses to watch_containers. */
                change?: (guardimesh.v1.ContainerChange.$Properties|null);

                /** Response to get_runtime. */
                runtime?: (guardimesh.v1.RuntimeStatus.$Properties|null);

                /** InspectorResponse answer */
                answer?: ("error"|"containers"|"container"|"change"|"runtime");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an InspectorResponse. */
            type $Shape = {
              requestId?: number|null;
              error?: guardimesh.v1.IpcError.$Shape|null;
              containers?: guardimesh.v1.ContainerList.$Shape|null;
              container?: guardimesh.v1.ContainerInfo.$Shape|null;
              change?: guardimesh.v1.ContainerChange.$Shape|null;
              runtime?: guardimesh.v1.RuntimeStatus.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ answer?: undefined; error?: null; containers?: null; container?: null; change?: null; runtime?: null }|{ answer?: "error"; error: guardimesh.v1.IpcError.$Shape; containers?: null; container?: null; change?: null; runtime?: null }|{ answer?: "containers"; error?: null; containers: guardimesh.v1.ContainerList.$Shape; container?: null; change?: null; runtime?: null }|{ answer?: "container"; error?: null; containers?: null; container: guardimesh.v1.ContainerInfo.$Shape; change?: null; runtime?: null }|{ answer?: "change"; error?: null; containers?: null; container?: null; change: guardimesh.v1.ContainerChange.$Shape; runtime?: null }|{ answer?: "runtime"; error?: null; containers?: null; container?: null; change?: null; runtime: guardimesh.v1.RuntimeStatus.$Shape })
            );
        }

        /**
         * Properties of an ObfuscationRequest.
         * @deprecated Use guardimesh.v1.ObfuscationRequest.$Properties instead.
         */
        interface IObfuscationRequest extends guardimesh.v1.ObfuscationRequest.$Properties {
        }

        /** Request to the obfuscation scanner: scans one content. */
        class ObfuscationRequest {

            /**
             * Constructs a new ObfuscationRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ObfuscationRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chosen by the client; repeated in the response. */
            requestId: number;

            /** The content, or its first part. Maximum 16 MiB. */
            content: Uint8Array;

            /** Size of the whole content in bytes. */
            sizeBytes: number;

            /** Name of the file, for the rules; maximum 4096 bytes. */
            fileName: Uint8Array;

            /** Id of a trial whose rules are applied instead of the active ones; `set_trial` must precede. Empty: the active rules. */
            trialId: string;

            /** Sets the rules of a trial, or ends the trial; the content is ignored then. */
            setTrial?: (guardimesh.v1.ObfuscationTrial.$Properties|null);

            /** True to unpack the content, a whole Zstandard or LZ4 stream, instead of scanning it. */
            unpack: boolean;

            /**
             * Creates a new ObfuscationRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObfuscationRequest instance
             */
            static create(properties: guardimesh.v1.ObfuscationRequest.$Shape): guardimesh.v1.ObfuscationRequest & guardimesh.v1.ObfuscationRequest.$Shape;
            static create(properties?: guardimesh.v1.ObfuscationRequest.$Properties): guardimesh.v1.ObfuscationRequest;

            /**
             * Encodes the specified ObfuscationRequest message. Does not implicitly {@link guardimesh.v1.ObfuscationRequest.verify|verify} messages.
             * @param message ObfuscationRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ObfuscationRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObfuscationRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationRequest & guardimesh.v1.ObfuscationRequest.$Shape} ObfuscationRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ObfuscationRequest & guardimesh.v1.ObfuscationRequest.$Shape;
        }

        namespace ObfuscationRequest {

            /** Properties of an ObfuscationRequest. */
            interface $Properties {

                /** Chosen by the client; repeated in the response. */
                requestId?: (number|null);

                /** The content, or its first part. Maximum 16 MiB. */
                content?: (Uint8Array|null);

                /** Size of the whole content in bytes. */
                sizeBytes?: (number|null);

                /** Name of the file, for the rules; maximum 4096 bytes. */
                fileName?: (Uint8Array|null);

                /** Id of a trial whose rules are applied instead of the active ones; `set_trial` must precede. Empty: the active rules. */
                trialId?: (string|null);

                /** Sets the rules of a trial, or ends the trial; the content is ignored then. */
                setTrial?: (guardimesh.v1.ObfuscationTrial.$Properties|null);

                /** True to unpack the content, a whole Zstandard or LZ4 stream, instead of scanning it. */
                unpack?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObfuscationRequest. */
            type $Shape = guardimesh.v1.ObfuscationRequest.$Properties;
        }

        /**
         * Properties of an ObfuscationTrial.
         * @deprecated Use guardimesh.v1.ObfuscationTrial.$Properties instead.
         */
        interface IObfuscationTrial extends guardimesh.v1.ObfuscationTrial.$Properties {
        }

        /** Rules of a trial, which are not active. Only one trial exists at a time; a new one replaces it. */
        class ObfuscationTrial {

            /**
             * Constructs a new ObfuscationTrial.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ObfuscationTrial.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the trial. */
            trialId: string;

            /** YARA source, UTF-8, maximum 1 MiB; empty to end the trial. */
            rules: Uint8Array;

            /**
             * Creates a new ObfuscationTrial instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObfuscationTrial instance
             */
            static create(properties: guardimesh.v1.ObfuscationTrial.$Shape): guardimesh.v1.ObfuscationTrial & guardimesh.v1.ObfuscationTrial.$Shape;
            static create(properties?: guardimesh.v1.ObfuscationTrial.$Properties): guardimesh.v1.ObfuscationTrial;

            /**
             * Encodes the specified ObfuscationTrial message. Does not implicitly {@link guardimesh.v1.ObfuscationTrial.verify|verify} messages.
             * @param message ObfuscationTrial message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ObfuscationTrial.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObfuscationTrial message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationTrial & guardimesh.v1.ObfuscationTrial.$Shape} ObfuscationTrial
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ObfuscationTrial & guardimesh.v1.ObfuscationTrial.$Shape;
        }

        namespace ObfuscationTrial {

            /** Properties of an ObfuscationTrial. */
            interface $Properties {

                /** Id of the trial. */
                trialId?: (string|null);

                /** YARA source, UTF-8, maximum 1 MiB; empty to end the trial. */
                rules?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObfuscationTrial. */
            type $Shape = guardimesh.v1.ObfuscationTrial.$Properties;
        }

        /**
         * Properties of an UnpackedContent.
         * @deprecated Use guardimesh.v1.UnpackedContent.$Properties instead.
         */
        interface IUnpackedContent extends guardimesh.v1.UnpackedContent.$Properties {
        }

        /** Result of unpacking a content. */
        class UnpackedContent {

            /**
             * Constructs a new UnpackedContent.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.UnpackedContent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What was unpacked before the limit or the damage. Maximum 16 MiB. */
            content: Uint8Array;

            /** True when the whole content is larger. */
            truncated: boolean;

            /** Why the stream cannot be unpacked to its end; empty when it can. */
            failure: string;

            /**
             * Creates a new UnpackedContent instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnpackedContent instance
             */
            static create(properties: guardimesh.v1.UnpackedContent.$Shape): guardimesh.v1.UnpackedContent & guardimesh.v1.UnpackedContent.$Shape;
            static create(properties?: guardimesh.v1.UnpackedContent.$Properties): guardimesh.v1.UnpackedContent;

            /**
             * Encodes the specified UnpackedContent message. Does not implicitly {@link guardimesh.v1.UnpackedContent.verify|verify} messages.
             * @param message UnpackedContent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.UnpackedContent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnpackedContent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.UnpackedContent & guardimesh.v1.UnpackedContent.$Shape} UnpackedContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.UnpackedContent & guardimesh.v1.UnpackedContent.$Shape;
        }

        namespace UnpackedContent {

            /** Properties of an UnpackedContent. */
            interface $Properties {

                /** What was unpacked before the limit or the damage. Maximum 16 MiB. */
                content?: (Uint8Array|null);

                /** True when the whole content is larger. */
                truncated?: (boolean|null);

                /** Why the stream cannot be unpacked to its end; empty when it can. */
                failure?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnpackedContent. */
            type $Shape = guardimesh.v1.UnpackedContent.$Properties;
        }

        /**
         * Properties of an ObfuscationMatch.
         * @deprecated Use guardimesh.v1.ObfuscationMatch.$Properties instead.
         */
        interface IObfuscationMatch extends guardimesh.v1.ObfuscationMatch.$Properties {
        }

        /** A rule that matched. */
        class ObfuscationMatch {

            /**
             * Constructs a new ObfuscationMatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ObfuscationMatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Name of the rule. */
            rule: string;

            /** Description in the rule's metadata. */
            description: string;

            /** Severity: a number of the Severity enumeration. */
            severity: number;

            /** "yara" or "entropy". */
            engine: string;

            /**
             * Creates a new ObfuscationMatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObfuscationMatch instance
             */
            static create(properties: guardimesh.v1.ObfuscationMatch.$Shape): guardimesh.v1.ObfuscationMatch & guardimesh.v1.ObfuscationMatch.$Shape;
            static create(properties?: guardimesh.v1.ObfuscationMatch.$Properties): guardimesh.v1.ObfuscationMatch;

            /**
             * Encodes the specified ObfuscationMatch message. Does not implicitly {@link guardimesh.v1.ObfuscationMatch.verify|verify} messages.
             * @param message ObfuscationMatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ObfuscationMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObfuscationMatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationMatch & guardimesh.v1.ObfuscationMatch.$Shape} ObfuscationMatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ObfuscationMatch & guardimesh.v1.ObfuscationMatch.$Shape;
        }

        namespace ObfuscationMatch {

            /** Properties of an ObfuscationMatch. */
            interface $Properties {

                /** Name of the rule. */
                rule?: (string|null);

                /** Description in the rule's metadata. */
                description?: (string|null);

                /** Severity: a number of the Severity enumeration. */
                severity?: (number|null);

                /** "yara" or "entropy". */
                engine?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObfuscationMatch. */
            type $Shape = guardimesh.v1.ObfuscationMatch.$Properties;
        }

        /**
         * Properties of an ObfuscationResponse.
         * @deprecated Use guardimesh.v1.ObfuscationResponse.$Properties instead.
         */
        interface IObfuscationResponse extends guardimesh.v1.ObfuscationResponse.$Properties {
        }

        /** Response of the obfuscation scanner. */
        class ObfuscationResponse {

            /**
             * Constructs a new ObfuscationResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ObfuscationResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the request. */
            requestId: number;

            /** The request failed; no other field is set then. */
            error?: (guardimesh.v1.IpcError.$Properties|null);

            /** Rules that matched; empty when the content is clean. */
            matches: guardimesh.v1.ObfuscationMatch.$Properties[];

            /** Shannon entropy of the content in bits per byte, 0 to 8. */
            entropyBits: number;

            /** Version of engine and rules. */
            engineVersion: string;

            /** Response to a request with `unpack`. */
            unpacked?: (guardimesh.v1.UnpackedContent.$Properties|null);

            /**
             * Creates a new ObfuscationResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObfuscationResponse instance
             */
            static create(properties: guardimesh.v1.ObfuscationResponse.$Shape): guardimesh.v1.ObfuscationResponse & guardimesh.v1.ObfuscationResponse.$Shape;
            static create(properties?: guardimesh.v1.ObfuscationResponse.$Properties): guardimesh.v1.ObfuscationResponse;

            /**
             * Encodes the specified ObfuscationResponse message. Does not implicitly {@link guardimesh.v1.ObfuscationResponse.verify|verify} messages.
             * @param message ObfuscationResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ObfuscationResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObfuscationResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ObfuscationResponse & guardimesh.v1.ObfuscationResponse.$Shape} ObfuscationResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ObfuscationResponse & guardimesh.v1.ObfuscationResponse.$Shape;
        }

        namespace ObfuscationResponse {

            /** Properties of an ObfuscationResponse. */
            interface $Properties {

                /** Id of the request. */
                requestId?: (number|null);

                /** The request failed; no other field is set then. */
                error?: (guardimesh.v1.IpcError.$Properties|null);

                /** Rules that matched; empty when the content is clean. */
                matches?: (guardimesh.v1.ObfuscationMatch.$Properties[]|null);

                /** Shannon entropy of the content in bits per byte, 0 to 8. */
                entropyBits?: (number|null);

                /** Version of engine and rules. */
                engineVersion?: (string|null);

                /** Response to a request with `unpack`. */
                unpacked?: (guardimesh.v1.UnpackedContent.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObfuscationResponse. */
            type $Shape = guardimesh.v1.ObfuscationResponse.$Properties;
        }

        /**
         * Properties of a PackageRequest.
         * @deprecated Use guardimesh.v1.PackageRequest.$Properties instead.
         */
        interface IPackageRequest extends guardimesh.v1.PackageRequest.$Properties {
        }

        /** Request for the packages of files, on a connection of its own. The open RPM database precedes it as a descriptor. */
        class PackageRequest {

            /**
             * Constructs a new PackageRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PackageRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Absolute paths, as packages name them. */
            paths: Uint8Array[];

            /**
             * Creates a new PackageRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PackageRequest instance
             */
            static create(properties: guardimesh.v1.PackageRequest.$Shape): guardimesh.v1.PackageRequest & guardimesh.v1.PackageRequest.$Shape;
            static create(properties?: guardimesh.v1.PackageRequest.$Properties): guardimesh.v1.PackageRequest;

            /**
             * Encodes the specified PackageRequest message. Does not implicitly {@link guardimesh.v1.PackageRequest.verify|verify} messages.
             * @param message PackageRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PackageRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PackageRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageRequest & guardimesh.v1.PackageRequest.$Shape} PackageRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PackageRequest & guardimesh.v1.PackageRequest.$Shape;
        }

        namespace PackageRequest {

            /** Properties of a PackageRequest. */
            interface $Properties {

                /** Absolute paths, as packages name them. */
                paths?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PackageRequest. */
            type $Shape = guardimesh.v1.PackageRequest.$Properties;
        }

        /**
         * Properties of a PackageFile.
         * @deprecated Use guardimesh.v1.PackageFile.$Properties instead.
         */
        interface IPackageFile extends guardimesh.v1.PackageFile.$Properties {
        }

        /** A file of a package. */
        class PackageFile {

            /**
             * Constructs a new PackageFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PackageFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Path of the request. */
            path: Uint8Array;

            /** Name of the package; maximum 256 characters. */
            name: string;

            /** Version, release and architecture; maximum 256 characters. */
            version: string;

            /** "md5", "sha1", "sha256", "sha384" or "sha512". */
            algorithm: string;

            /** Checksum of the original content, hexadecimal; empty when the package has none. */
            checksum: string;

            /**
             * Creates a new PackageFile instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PackageFile instance
             */
            static create(properties: guardimesh.v1.PackageFile.$Shape): guardimesh.v1.PackageFile & guardimesh.v1.PackageFile.$Shape;
            static create(properties?: guardimesh.v1.PackageFile.$Properties): guardimesh.v1.PackageFile;

            /**
             * Encodes the specified PackageFile message. Does not implicitly {@link guardimesh.v1.PackageFile.verify|verify} messages.
             * @param message PackageFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PackageFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PackageFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageFile & guardimesh.v1.PackageFile.$Shape} PackageFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PackageFile & guardimesh.v1.PackageFile.$Shape;
        }

        namespace PackageFile {

            /** Properties of a PackageFile. */
            interface $Properties {

                /** Path of the request. */
                path?: (Uint8Array|null);

                /** Name of the package; maximum 256 characters. */
                name?: (string|null);

                /** Version, release and architecture; maximum 256 characters. */
                version?: (string|null);

                /** "md5", "sha1", "sha256", "sha384" or "sha512". */
                algorithm?: (string|null);

                /** Checksum of the original content, hexadecimal; empty when the package has none. */
                checksum?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PackageFile. */
            type $Shape = guardimesh.v1.PackageFile.$Properties;
        }

        /**
         * Properties of a PackageResponse.
         * @deprecated Use guardimesh.v1.PackageResponse.$Properties instead.
         */
        interface IPackageResponse extends guardimesh.v1.PackageResponse.$Properties {
        }

        /** Response to a PackageRequest. */
        class PackageResponse {

            /**
             * Constructs a new PackageResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PackageResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The request failed; no other field is set then. */
            error?: (guardimesh.v1.IpcError.$Properties|null);

            /** Paths that belong to a package. */
            files: guardimesh.v1.PackageFile.$Properties[];

            /** True when the whole database was read. */
            complete: boolean;

            /**
             * Creates a new PackageResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PackageResponse instance
             */
            static create(properties: guardimesh.v1.PackageResponse.$Shape): guardimesh.v1.PackageResponse & guardimesh.v1.PackageResponse.$Shape;
            static create(properties?: guardimesh.v1.PackageResponse.$Properties): guardimesh.v1.PackageResponse;

            /**
             * Encodes the specified PackageResponse message. Does not implicitly {@link guardimesh.v1.PackageResponse.verify|verify} messages.
             * @param message PackageResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PackageResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PackageResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PackageResponse & guardimesh.v1.PackageResponse.$Shape} PackageResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PackageResponse & guardimesh.v1.PackageResponse.$Shape;
        }

        namespace PackageResponse {

            /** Properties of a PackageResponse. */
            interface $Properties {

                /** The request failed; no other field is set then. */
                error?: (guardimesh.v1.IpcError.$Properties|null);

                /** Paths that belong to a package. */
                files?: (guardimesh.v1.PackageFile.$Properties[]|null);

                /** True when the whole database was read. */
                complete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PackageResponse. */
            type $Shape = guardimesh.v1.PackageResponse.$Properties;
        }

        /**
         * Properties of a ScanNowRequest.
         * @deprecated Use guardimesh.v1.ScanNowRequest.$Properties instead.
         */
        interface IScanNowRequest extends guardimesh.v1.ScanNowRequest.$Properties {
        }

        /** Starts a scan of containers. */
        class ScanNowRequest {

            /**
             * Constructs a new ScanNowRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ScanNowRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of a container, or a prefix of it; empty for all. */
            containerId: string;

            /** Name of a pod; empty for all. */
            podName: string;

            /** Namespace; empty for all. */
            namespace: string;

            /** True to scan every file, even with a cached verdict. */
            ignoreCache: boolean;

            /**
             * Creates a new ScanNowRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScanNowRequest instance
             */
            static create(properties: guardimesh.v1.ScanNowRequest.$Shape): guardimesh.v1.ScanNowRequest & guardimesh.v1.ScanNowRequest.$Shape;
            static create(properties?: guardimesh.v1.ScanNowRequest.$Properties): guardimesh.v1.ScanNowRequest;

            /**
             * Encodes the specified ScanNowRequest message. Does not implicitly {@link guardimesh.v1.ScanNowRequest.verify|verify} messages.
             * @param message ScanNowRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ScanNowRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScanNowRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScanNowRequest & guardimesh.v1.ScanNowRequest.$Shape} ScanNowRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ScanNowRequest & guardimesh.v1.ScanNowRequest.$Shape;
        }

        namespace ScanNowRequest {

            /** Properties of a ScanNowRequest. */
            interface $Properties {

                /** Id of a container, or a prefix of it; empty for all. */
                containerId?: (string|null);

                /** Name of a pod; empty for all. */
                podName?: (string|null);

                /** Namespace; empty for all. */
                namespace?: (string|null);

                /** True to scan every file, even with a cached verdict. */
                ignoreCache?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScanNowRequest. */
            type $Shape = guardimesh.v1.ScanNowRequest.$Properties;
        }

        /**
         * Properties of a GetScannerStatusRequest.
         * @deprecated Use guardimesh.v1.GetScannerStatusRequest.$Properties instead.
         */
        interface IGetScannerStatusRequest extends guardimesh.v1.GetScannerStatusRequest.$Properties {
        }

        /** Requests the status of the scanner. */
        class GetScannerStatusRequest {

            /**
             * Constructs a new GetScannerStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.GetScannerStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new GetScannerStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GetScannerStatusRequest instance
             */
            static create(properties: guardimesh.v1.GetScannerStatusRequest.$Shape): guardimesh.v1.GetScannerStatusRequest & guardimesh.v1.GetScannerStatusRequest.$Shape;
            static create(properties?: guardimesh.v1.GetScannerStatusRequest.$Properties): guardimesh.v1.GetScannerStatusRequest;

            /**
             * Encodes the specified GetScannerStatusRequest message. Does not implicitly {@link guardimesh.v1.GetScannerStatusRequest.verify|verify} messages.
             * @param message GetScannerStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.GetScannerStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetScannerStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.GetScannerStatusRequest & guardimesh.v1.GetScannerStatusRequest.$Shape} GetScannerStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.GetScannerStatusRequest & guardimesh.v1.GetScannerStatusRequest.$Shape;
        }

        namespace GetScannerStatusRequest {

            /** Properties of a GetScannerStatusRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetScannerStatusRequest. */
            type $Shape = guardimesh.v1.GetScannerStatusRequest.$Properties;
        }

        /**
         * Properties of a ScannerRequest.
         * @deprecated Use guardimesh.v1.ScannerRequest.$Properties instead.
         */
        interface IScannerRequest extends guardimesh.v1.ScannerRequest.$Properties {
        }

        /** Request to the scanner, from the command line of the node. */
        class ScannerRequest {

            /**
             * Constructs a new ScannerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ScannerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chosen by the client; repeated in every response. */
            requestId: number;

            /** Starts a scan. */
            scanNow?: (guardimesh.v1.ScanNowRequest.$Properties|null);

            /** Requests the status. */
            getStatus?: (guardimesh.v1.GetScannerStatusRequest.$Properties|null);

            /** ScannerRequest question. */
            question?: ("scanNow"|"getStatus");

            /**
             * Creates a new ScannerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScannerRequest instance
             */
            static create(properties: guardimesh.v1.ScannerRequest.$Shape): guardimesh.v1.ScannerRequest & guardimesh.v1.ScannerRequest.$Shape;
            static create(properties?: guardimesh.v1.ScannerRequest.$Properties): guardimesh.v1.ScannerRequest;

            /**
             * Encodes the specified ScannerRequest message. Does not implicitly {@link guardimesh.v1.ScannerRequest.verify|verify} messages.
             * @param message ScannerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ScannerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScannerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerRequest & guardimesh.v1.ScannerRequest.$Shape} ScannerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ScannerRequest & guardimesh.v1.ScannerRequest.$Shape;
        }

        namespace ScannerRequest {

            /** Properties of a ScannerRequest. */
            interface $Properties {

                /** Chosen by the client; repeated in every response. */
                requestId?: (number|null);

                /** Starts a scan. */
                scanNow?: (guardimesh.v1.ScanNowRequest.$Properties|null);

                /** Requests the status. */
                getStatus?: (guardimesh.v1.GetScannerStatusRequest.$Properties|null);

                /** ScannerRequest question */
                question?: ("scanNow"|"getStatus");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ScannerRequest. */
            type $Shape = {
              requestId?: number|null;
              scanNow?: guardimesh.v1.ScanNowRequest.$Shape|null;
              getStatus?: guardimesh.v1.GetScannerStatusRequest.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ question?: undefined; scanNow?: null; getStatus?: null }|{ question?: "scanNow"; scanNow: guardimesh.v1.ScanNowRequest.$Shape; getStatus?: null }|{ question?: "getStatus"; scanNow?: null; getStatus: guardimesh.v1.GetScannerStatusRequest.$Shape })
            );
        }

        /**
         * Properties of a ScanProgress.
         * @deprecated Use guardimesh.v1.ScanProgress.$Properties instead.
         */
        interface IScanProgress extends guardimesh.v1.ScanProgress.$Properties {
        }

        /** Progress of a requested scan: one message per container, then one with `done`. */
        class ScanProgress {

            /**
             * Constructs a new ScanProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ScanProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Container that was scanned. */
            containerId: string;

            /** Name of its pod. */
            podName: string;

            /** Files that an engine scanned. */
            filesScanned: number;

            /** Files with a cached verdict. */
            filesCached: number;

            /** Bytes that an engine scanned. */
            bytesScanned: number;

            /** Number of findings. */
            findings: number;

            /** Files that were not scanned. */
            filesNotScanned: number;

            /** Duration in microseconds. */
            tookUs: number;

            /** Remaining containers. */
            remaining: number;

            /** True in the last message, which describes no container. */
            done: boolean;

            /**
             * Creates a new ScanProgress instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScanProgress instance
             */
            static create(properties: guardimesh.v1.ScanProgress.$Shape): guardimesh.v1.ScanProgress & guardimesh.v1.ScanProgress.$Shape;
            static create(properties?: guardimesh.v1.ScanProgress.$Properties): guardimesh.v1.ScanProgress;

            /**
             * Encodes the specified ScanProgress message. Does not implicitly {@link guardimesh.v1.ScanProgress.verify|verify} messages.
             * @param message ScanProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ScanProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScanProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScanProgress & guardimesh.v1.ScanProgress.$Shape} ScanProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ScanProgress & guardimesh.v1.ScanProgress.$Shape;
        }

        namespace ScanProgress {

            /** Properties of a ScanProgress. */
            interface $Properties {

                /** Container that was scanned. */
                containerId?: (string|null);

                /** Name of its pod. */
                podName?: (string|null);

                /** Files that an engine scanned. */
                filesScanned?: (number|null);

                /** Files with a cached verdict. */
                filesCached?: (number|null);

                /** Bytes that an engine scanned. */
                bytesScanned?: (number|null);

                /** Number of findings. */
                findings?: (number|null);

                /** Files that were not scanned. */
                filesNotScanned?: (number|null);

                /** Duration in microseconds. */
                tookUs?: (number|null);

                /** Remaining containers. */
                remaining?: (number|null);

                /** True in the last message, which describes no container. */
                done?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScanProgress. */
            type $Shape = guardimesh.v1.ScanProgress.$Properties;
        }

        /**
         * Properties of a ScannerStatus.
         * @deprecated Use guardimesh.v1.ScannerStatus.$Properties instead.
         */
        interface IScannerStatus extends guardimesh.v1.ScannerStatus.$Properties {
        }

        /** Status of the scanner. */
        class ScannerStatus {

            /**
             * Constructs a new ScannerStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ScannerStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Containers that are watched for writes. */
            containersWatched: number;

            /** Containers on the node. */
            containersTotal: number;

            /** Results in the spool. */
            spoolResults: number;

            /** Number of received file events. */
            fileEvents: number;

            /** File events that the kernel dropped. */
            eventOverflows: number;

            /** Files waiting for an engine. */
            queueLength: number;

            /** Signature generation. */
            signatureGeneration: string;

            /** Version of the engine. */
            engineVersion: string;

            /**
             * Creates a new ScannerStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScannerStatus instance
             */
            static create(properties: guardimesh.v1.ScannerStatus.$Shape): guardimesh.v1.ScannerStatus & guardimesh.v1.ScannerStatus.$Shape;
            static create(properties?: guardimesh.v1.ScannerStatus.$Properties): guardimesh.v1.ScannerStatus;

            /**
             * Encodes the specified ScannerStatus message. Does not implicitly {@link guardimesh.v1.ScannerStatus.verify|verify} messages.
             * @param message ScannerStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ScannerStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScannerStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerStatus & guardimesh.v1.ScannerStatus.$Shape} ScannerStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ScannerStatus & guardimesh.v1.ScannerStatus.$Shape;
        }

        namespace ScannerStatus {

            /** Properties of a ScannerStatus. */
            interface $Properties {

                /** Containers that are watched for writes. */
                containersWatched?: (number|null);

                /** Containers on the node. */
                containersTotal?: (number|null);

                /** Results in the spool. */
                spoolResults?: (number|null);

                /** Number of received file events. */
                fileEvents?: (number|null);

                /** File events that the kernel dropped. */
                eventOverflows?: (number|null);

                /** Files waiting for an engine. */
                queueLength?: (number|null);

                /** Signature generation. */
                signatureGeneration?: (string|null);

                /** Version of the engine. */
                engineVersion?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScannerStatus. */
            type $Shape = guardimesh.v1.ScannerStatus.$Properties;
        }

        /**
         * Properties of a ScannerResponse.
         * @deprecated Use guardimesh.v1.ScannerResponse.$Properties instead.
         */
        interface IScannerResponse extends guardimesh.v1.ScannerResponse.$Properties {
        }

        /** Response of the scanner. */
        class ScannerResponse {

            /**
             * Constructs a new ScannerResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.ScannerResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the request. */
            requestId: number;

            /** The request failed. */
            error?: (guardimesh.v1.IpcError.$Properties|null);

            /** Responses to scan_now. */
            progress?: (guardimesh.v1.ScanProgress.$Properties|null);

            /** Response to get_status. */
            status?: (guardimesh.v1.ScannerStatus.$Properties|null);

            /** ScannerResponse answer. */
            answer?: ("error"|"progress"|"status");

            /**
             * Creates a new ScannerResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ScannerResponse instance
             */
            static create(properties: guardimesh.v1.ScannerResponse.$Shape): guardimesh.v1.ScannerResponse & guardimesh.v1.ScannerResponse.$Shape;
            static create(properties?: guardimesh.v1.ScannerResponse.$Properties): guardimesh.v1.ScannerResponse;

            /**
             * Encodes the specified ScannerResponse message. Does not implicitly {@link guardimesh.v1.ScannerResponse.verify|verify} messages.
             * @param message ScannerResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.ScannerResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScannerResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.ScannerResponse & guardimesh.v1.ScannerResponse.$Shape} ScannerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.ScannerResponse & guardimesh.v1.ScannerResponse.$Shape;
        }

        namespace ScannerResponse {

            /** Properties of a ScannerResponse. */
            interface $Properties {

                /** Id of the request. */
                requestId?: (number|null);

                /** The request failed. */
                error?: (guardimesh.v1.IpcError.$Properties|null);

                /** Responses to scan_now. */
                progress?: (guardimesh.v1.ScanProgress.$Properties|null);

                /** Response to get_status. */
                status?: (guardimesh.v1.ScannerStatus.$Properties|null);

                /** ScannerResponse answer */
                answer?: ("error"|"progress"|"status");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ScannerResponse. */
            type $Shape = {
              requestId?: number|null;
              error?: guardimesh.v1.IpcError.$Shape|null;
              progress?: guardimesh.v1.ScanProgress.$Shape|null;
              status?: guardimesh.v1.ScannerStatus.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ answer?: undefined; error?: null; progress?: null; status?: null }|{ answer?: "error"; error: guardimesh.v1.IpcError.$Shape; progress?: null; status?: null }|{ answer?: "progress"; error?: null; progress: guardimesh.v1.ScanProgress.$Shape; status?: null }|{ answer?: "status"; error?: null; progress?: null; status: guardimesh.v1.ScannerStatus.$Shape })
            );
        }

        /**
         * Properties of a PodContainer.
         * @deprecated Use guardimesh.v1.PodContainer.$Properties instead.
         */
        interface IPodContainer extends guardimesh.v1.PodContainer.$Properties {
        }

        /** One container of a pod. */
        class PodContainer {

            /**
             * Constructs a new PodContainer.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PodContainer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Name of the container in the pod. At most 253 bytes. */
            name: string;

            /** Id of the container in the runtime. At most 128 bytes. */
            containerId: string;

            /** Image reference of the pod specification. At most 512 bytes. */
            image: string;

            /** Digest of the image, "sha256:…". At most 128 bytes. */
            imageDigest: string;

            /** Snapshotter or storage driver of its layers. At most 64 bytes. */
            snapshotter: string;

            /** Whether file events of the container are watched. */
            watched: boolean;

            /** Reason for not watching the container; empty if it is watched. At most 256 bytes. */
            notWatchedReason: string;

            /**
             * Creates a new PodContainer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodContainer instance
             */
            static create(properties: guardimesh.v1.PodContainer.$Shape): guardimesh.v1.PodContainer & guardimesh.v1.PodContainer.$Shape;
            static create(properties?: guardimesh.v1.PodContainer.$Properties): guardimesh.v1.PodContainer;

            /**
             * Encodes the specified PodContainer message. Does not implicitly {@link guardimesh.v1.PodContainer.verify|verify} messages.
             * @param message PodContainer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PodContainer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodContainer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodContainer & guardimesh.v1.PodContainer.$Shape} PodContainer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PodContainer & guardimesh.v1.PodContainer.$Shape;
        }

        namespace PodContainer {

            /** Properties of a PodContainer. */
            interface $Properties {

                /** Name of the container in the pod. At most 253 bytes. */
                name?: (string|null);

                /** Id of the container in the runtime. At most 128 bytes. */
                containerId?: (string|null);

                /** Image reference of the pod specification. At most 512 bytes. */
                image?: (string|null);

                /** Digest of the image, "sha256:…". At most 128 bytes. */
                imageDigest?: (string|null);

                /** Snapshotter or storage driver of its layers. At most 64 bytes. */
                snapshotter?: (string|null);

                /** Whether file events of the container are watched. */
                watched?: (boolean|null);

                /** Reason for not watching the container; empty if it is watched. At most 256 bytes. */
                notWatchedReason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodContainer. */
            type $Shape = guardimesh.v1.PodContainer.$Properties;
        }

        /**
         * Properties of a PodLog.
         * @deprecated Use guardimesh.v1.PodLog.$Properties instead.
         */
        interface IPodLog extends guardimesh.v1.PodLog.$Properties {
        }

        /** One pod of a node. */
        class PodLog {

            /**
             * Constructs a new PodLog.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PodLog.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the node's cluster. 1 to 128 bytes. */
            clusterId: string;

            /** Name of the node. 1 to 253 bytes. */
            nodeName: string;

            /** Namespace of the pod. At most 253 bytes. */
            namespace: string;

            /** Name of the pod. 1 to 253 bytes. */
            podName: string;

            /** UID of the pod, or the id of its sandbox in the runtime. At most 64 bytes. */
            podUid: string;

            /** Owner as "Kind/name"; empty for a pod without an owner. At most 320 bytes. */
            owner: string;

            /** IP address of the pod. At most 64 bytes. */
            podIp: string;

            /** IP address of the node. At most 64 bytes. */
            hostIp: string;

            /** Its containers. At most 100. */
            containers: guardimesh.v1.PodContainer.$Properties[];

            /** Time of the observation, Unix time in milliseconds. */
            observedAtMs: number;

            /** Whether the pod was deleted. */
            deleted: boolean;

            /**
             * Creates a new PodLog instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodLog instance
             */
            static create(properties: guardimesh.v1.PodLog.$Shape): guardimesh.v1.PodLog & guardimesh.v1.PodLog.$Shape;
            static create(properties?: guardimesh.v1.PodLog.$Properties): guardimesh.v1.PodLog;

            /**
             * Encodes the specified PodLog message. Does not implicitly {@link guardimesh.v1.PodLog.verify|verify} messages.
             * @param message PodLog message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PodLog.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodLog message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodLog & guardimesh.v1.PodLog.$Shape} PodLog
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PodLog & guardimesh.v1.PodLog.$Shape;
        }

        namespace PodLog {

            /** Properties of a PodLog. */
            interface $Properties {

                /** Id of the node's cluster. 1 to 128 bytes. */
                clusterId?: (string|null);

                /** Name of the node. 1 to 253 bytes. */
                nodeName?: (string|null);

                /** Namespace of the pod. At most 253 bytes. */
                namespace?: (string|null);

                /** Name of the pod. 1 to 253 bytes. */
                podName?: (string|null);

                /** UID of the pod, or the id of its sandbox in the runtime. At most 64 bytes. */
                podUid?: (string|null);

                /** Owner as "Kind/name"; empty for a pod without an owner. At most 320 bytes. */
                owner?: (string|null);

                /** IP address of the pod. At most 64 bytes. */
                podIp?: (string|null);

                /** IP address of the node. At most 64 bytes. */
                hostIp?: (string|null);

                /** Its containers. At most 100. */
                containers?: (guardimesh.v1.PodContainer.$Properties[]|null);

                /** Time of the observation, Unix time in milliseconds. */
                observedAtMs?: (number|null);

                /** Whether the pod was deleted. */
                deleted?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodLog. */
            type $Shape = guardimesh.v1.PodLog.$Properties;
        }

        /**
         * Properties of a NodeStatus.
         * @deprecated Use guardimesh.v1.NodeStatus.$Properties instead.
         */
        interface INodeStatus extends guardimesh.v1.NodeStatus.$Properties {
        }

        /** Status of the scanner on one node. */
        class NodeStatus {

            /**
             * Constructs a new NodeStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.NodeStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Id of the node's cluster. 1 to 128 bytes. */
            clusterId: string;

            /** Name of the node. 1 to 253 bytes. */
            nodeName: string;

            /** Version of the scanner. At most 64 bytes. */
            agentVersion: string;

            /** Container runtime: "containerd", "cri-o" or "docker". At most 64 bytes. */
            runtimeKind: string;

            /** Version of the runtime. At most 64 bytes. */
            runtimeVersion: string;

            /** Its socket, "unix:///run/containerd/containerd.sock". At most 512 bytes. */
            runtimeEndpoint: string;

            /** Reason for choosing this runtime, one sentence. At most 512 bytes. */
            runtimeReason: string;

            /** Signature generation that clamd loaded. At most 128 bytes. */
            signatureGeneration: string;

            /** Version that clamd reports. At most 128 bytes. */
            engineVersion: string;

            /** Number of loaded signatures; 0 when unknown. */
            signatureCount: number;

            /** Number of results in the spool that the backend has not acknowledged. */
            spoolResults: number;

            /** Size of the spool on disk in bytes. */
            spoolBytes: number;

            /** Number of times that the kernel dropped file events since the scanner started. */
            eventOverflows: number;

            /** Number of containers whose file events are watched. */
            containersWatched: number;

            /** Number of containers on the node. */
            containersTotal: number;

            /** Kernel release. At most 128 bytes. */
            kernelRelease: string;

            /** IP address of the node. At most 64 bytes. */
            hostIp: string;

            /** Time of the observation, Unix time in milliseconds. */
            observedAtMs: number;

            /** Errors in the scan configuration, one sentence; empty when it is valid. At most 512 bytes. */
            configError: string;

            /** ETag of the active scan configuration; empty before the first one. At most 128 bytes. */
            configEtag: string;

            /** Time when clamd first used the signature generation, Unix time in milliseconds; 0 when unknown. */
            signaturesLoadedAtMs: number;

            /** Time between switching the generation and clamd using it, milliseconds; 0 when unknown. */
            signaturesLoadMs: number;

            /** Memory of clamd with this generation in bytes; 0 when unknown. */
            signaturesMemoryBytes: number;

            /** Number of bytes fetched over the network for this generation. */
            signaturesPulledBytes: number;

            /** Newest generation if this node rejected it; empty when the node accepted it. At most 128 bytes. */
            signaturesRefusedGeneration: string;

            /** Reason for the rejection, one sentence. At most 512 bytes. */
            signaturesRefusal: string;

            /** Time of the scanner's last self-test, Unix time in milliseconds; 0 before the first one. */
            selfTestAtMs: number;

            /** Parts of the self-test that failed, such as "layer, clamav"; empty when it passed. At most 64 bytes. */
            selfTestFailed: string;

            /** Reasons of the failures; empty when it passed. At most 512 bytes. */
            selfTestDetail: string;

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeStatus instance
             */
            static create(properties: guardimesh.v1.NodeStatus.$Shape): guardimesh.v1.NodeStatus & guardimesh.v1.NodeStatus.$Shape;
            static create(properties?: guardimesh.v1.NodeStatus.$Properties): guardimesh.v1.NodeStatus;

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link guardimesh.v1.NodeStatus.verify|verify} messages.
             * @param message NodeStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.NodeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.NodeStatus & guardimesh.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.NodeStatus & guardimesh.v1.NodeStatus.$Shape;
        }

        namespace NodeStatus {

            /** Properties of a NodeStatus. */
            interface $Properties {

                /** Id of the node's cluster. 1 to 128 bytes. */
                clusterId?: (string|null);

                /** Name of the node. 1 to 253 bytes. */
                nodeName?: (string|null);

                /** Version of the scanner. At most 64 bytes. */
                agentVersion?: (string|null);

                /** Container runtime: "containerd", "cri-o" or "docker". At most 64 bytes. */
                runtimeKind?: (string|null);

                /** Version of the runtime. At most 64 bytes. */
                runtimeVersion?: (string|null);

                /** Its socket, "unix:///run/containerd/containerd.sock". At most 512 bytes. */
                runtimeEndpoint?: (string|null);

                /** Reason for choosing this runtime, one sentence. At most 512 bytes. */
                runtimeReason?: (string|null);

                /** Signature generation that clamd loaded. At most 128 bytes. */
                signatureGeneration?: (string|null);

                /** Version that clamd reports. At most 128 bytes. */
                engineVersion?: (string|null);

                /** Number of loaded signatures; 0 when unknown. */
                signatureCount?: (number|null);

                /** Number of results in the spool that the backend has not acknowledged. */
                spoolResults?: (number|null);

                /** Size of the spool on disk in bytes. */
                spoolBytes?: (number|null);

                /** Number of times that the kernel dropped file events since the scanner started. */
                eventOverflows?: (number|null);

                /** Number of containers whose file events are watched. */
                containersWatched?: (number|null);

                /** Number of containers on the node. */
                containersTotal?: (number|null);

                /** Kernel release. At most 128 bytes. */
                kernelRelease?: (string|null);

                /** IP address of the node. At most 64 bytes. */
                hostIp?: (string|null);

                /** Time of the observation, Unix time in milliseconds. */
                observedAtMs?: (number|null);

                /** Errors in the scan configuration, one sentence; empty when it is valid. At most 512 bytes. */
                configError?: (string|null);

                /** ETag of the active scan configuration; empty before the first one. At most 128 bytes. */
                configEtag?: (string|null);

                /** Time when clamd first used the signature generation, Unix time in milliseconds; 0 when unknown. */
                signaturesLoadedAtMs?: (number|null);

                /** Time between switching the generation and clamd using it, milliseconds; 0 when unknown. */
                signaturesLoadMs?: (number|null);

                /** Memory of clamd with this generation in bytes; 0 when unknown. */
                signaturesMemoryBytes?: (number|null);

                /** Number of bytes fetched over the network for this generation. */
                signaturesPulledBytes?: (number|null);

                /** Newest generation if this node rejected it; empty when the node accepted it. At most 128 bytes. */
                signaturesRefusedGeneration?: (string|null);

                /** Reason for the rejection, one sentence. At most 512 bytes. */
                signaturesRefusal?: (string|null);

                /** Time of the scanner's last self-test, Unix time in milliseconds; 0 before the first one. */
                selfTestAtMs?: (number|null);

                /** Parts of the self-test that failed, such as "layer, clamav"; empty when it passed. At most 64 bytes. */
                selfTestFailed?: (string|null);

                /** Reasons of the failures; empty when it passed. At most 512 bytes. */
                selfTestDetail?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeStatus. */
            type $Shape = guardimesh.v1.NodeStatus.$Properties;
        }

        /**
         * Properties of a PodLogBatch.
         * @deprecated Use guardimesh.v1.PodLogBatch.$Properties instead.
         */
        interface IPodLogBatch extends guardimesh.v1.PodLogBatch.$Properties {
        }

        /**
         * Body of a request with many pods. At most 500 pods and 1 MiB after compression.
         * Field numbers start at 101, above those of PodLog, so that the backend distinguishes the two by the first field.
         */
        class PodLogBatch {

            /**
             * Constructs a new PodLogBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: guardimesh.v1.PodLogBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The pods. */
            pods: guardimesh.v1.PodLog.$Properties[];

            /** Status of the scanner that sends the pods. */
            node?: (guardimesh.v1.NodeStatus.$Properties|null);

            /** Whether `pods` lists all pods of the node; pods that are not listed have been deleted. */
            complete: boolean;

            /**
             * Creates a new PodLogBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PodLogBatch instance
             */
            static create(properties: guardimesh.v1.PodLogBatch.$Shape): guardimesh.v1.PodLogBatch & guardimesh.v1.PodLogBatch.$Shape;
            static create(properties?: guardimesh.v1.PodLogBatch.$Properties): guardimesh.v1.PodLogBatch;

            /**
             * Encodes the specified PodLogBatch message. Does not implicitly {@link guardimesh.v1.PodLogBatch.verify|verify} messages.
             * @param message PodLogBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: guardimesh.v1.PodLogBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PodLogBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {guardimesh.v1.PodLogBatch & guardimesh.v1.PodLogBatch.$Shape} PodLogBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): guardimesh.v1.PodLogBatch & guardimesh.v1.PodLogBatch.$Shape;
        }

        namespace PodLogBatch {

            /** Properties of a PodLogBatch. */
            interface $Properties {

                /** The pods. */
                pods?: (guardimesh.v1.PodLog.$Properties[]|null);

                /** Status of the scanner that sends the pods. */
                node?: (guardimesh.v1.NodeStatus.$Properties|null);

                /** Whether `pods` lists all pods of the node; pods that are not listed have been deleted. */
                complete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PodLogBatch. */
            type $Shape = guardimesh.v1.PodLogBatch.$Properties;
        }
    }
}
