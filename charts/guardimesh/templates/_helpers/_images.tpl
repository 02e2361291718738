{{/* The image table, which the packaging adds. */}}
{{- define "guardimesh.imageTable" -}}
{{- $table := .Files.Get "files/images.json" -}}
{{- if not $table -}}
{{- fail "\n\nThis folder is the source of the chart and has no image table. Package it with `make chart` and install the resulting file." -}}
{{- end -}}
{{- $table -}}
{{- end }}

{{/* Image reference by digest, with its pull policy. Parameters (dict): root, image. */}}
{{- define "guardimesh.image" -}}
{{- $table := include "guardimesh.imageTable" .root | fromJson -}}
{{- $registry := .root.Values.global.imageRegistry -}}
image: {{ printf "%s/%s@%s" ($registry | default "guardimesh.local") .image (index $table.images .image "digest") }}
imagePullPolicy: {{ empty $registry | ternary "Never" "IfNotPresent" }}
{{- end }}

{{/* The `images` of a resource from the global values; empty if none are set. */}}
{{- define "guardimesh.commonImages" -}}
{{- with .Values.global.imageRegistry }}
registry: {{ . | quote }}
{{- end }}
{{- with .Values.global.imagePullSecrets }}
pullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
