{{/* Annotations of a hook object, which is deleted afterwards. Parameters (dict): events, weight. */}}
{{- define "guardimesh.hook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end }}

{{/* Job of a hook, which uses the operator's image. Parameters (dict): root, component, events, args. */}}
{{- define "guardimesh.hookJob" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: guardimesh-{{ .component }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "guardimesh.labels" . | nindent 4 }}
  annotations:
    {{- include "guardimesh.hook" (merge (dict "weight" 0) .) | nindent 4 }}
    helm.sh/hook-output-log-policy: hook-failed
    {{- include "guardimesh.scoreExceptions" "" | nindent 4 }}
spec:
  backoffLimit: 2
  # A missing image never fails a pod, so this limits the wait of helm. The events of the pod name the image and the reason; a registry that
  # does not respond is reported after 30 s. An interrupted pull is resumed by the next attempt.
  activeDeadlineSeconds: {{ .deadlineSeconds }}
  template:
    metadata:
      labels:
        {{- include "guardimesh.labels" . | nindent 8 }}
        guardimesh.io/hook: crds
    spec:
      serviceAccountName: guardimesh-crds
      automountServiceAccountToken: true
      restartPolicy: Never
      {{- include "guardimesh.podSettings" (dict "root" .root "userId" 65606) | nindent 6 }}
      containers:
        - name: {{ .component }}
          {{- include "guardimesh.image" (dict "root" .root "image" "platform-operator") | nindent 10 }}
          args: {{ toJson .args }}
          env:
            - name: NAMESPACE
              value: {{ .root.Release.Namespace }}
            - name: NODE_EXTRA_CA_CERTS
              value: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
          resources:
            requests: { cpu: 20m, memory: 64Mi, ephemeral-storage: 16Mi }
            limits: { cpu: "1", memory: 256Mi, ephemeral-storage: 64Mi }
          securityContext:
            {{- include "guardimesh.containerSecurityContext" true | nindent 12 }}
{{- end }}
