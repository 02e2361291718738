{{/* Annotations of all objects of `helm test`. Parameters (dict): root, weight. */}}
{{- define "guardimesh.testHook" -}}
{{ include "guardimesh.hook" (dict "events" "test" "weight" .weight) }}
{{- end }}

{{/* Specification of a test pod. Parameters (dict): root, script, env (list), volumes (list), mounts (list), hasToken, isWriting. */}}
{{- define "guardimesh.testPodSpec" -}}
restartPolicy: Never
activeDeadlineSeconds: 280
{{- if .hasToken }}
serviceAccountName: guardimesh-test
{{- end }}
automountServiceAccountToken: {{ .hasToken | default false }}
enableServiceLinks: false
{{ include "guardimesh.podSettings" (dict "root" .root "userId" 65607) }}
containers:
  - name: test
    {{- include "guardimesh.image" (dict "root" .root "image" "backend") | nindent 4 }}
    args: [/tests/{{ .script }}]
    env:
      - name: NAMESPACE
        value: {{ .root.Release.Namespace }}
      {{- toYaml .env | nindent 6 }}
    resources:
      requests: { cpu: 20m, memory: 64Mi, ephemeral-storage: 16Mi }
      limits: { cpu: "1", memory: 256Mi, ephemeral-storage: 64Mi }
    securityContext:
      {{- include "guardimesh.containerSecurityContext" (not .isWriting) | nindent 6 }}
    volumeMounts:
      - { name: scripts, mountPath: /tests, readOnly: true }
      {{- with .mounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: scripts
    configMap: { name: guardimesh-test }
  {{- with .volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
