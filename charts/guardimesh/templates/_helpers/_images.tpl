{{/* The table that the build of the images wrote into the package. */}}
{{- define "guardimesh.imageTable" -}}
{{- $table := .Files.Get "files/images.json" -}}
{{- if not $table -}}
{{- fail "\n\nThis folder is the chart's source and knows no images. Package it with `make chart` and install the file that this writes." -}}
{{- end -}}
{{- $table -}}
{{- end }}

{{/* Reference of an image by digest, with its pull policy. Takes a dict: root, image. */}}
{{- define "guardimesh.image" -}}
{{- $table := include "guardimesh.imageTable" .root | fromJson -}}
{{- $registry := .root.Values.global.imageRegistry -}}
image: {{ printf "%s/%s@%s" ($registry | default "guardimesh.local") .image (index $table.images .image "digest") }}
imagePullPolicy: {{ empty $registry | ternary "Never" "IfNotPresent" }}
{{- end }}

{{- define "guardimesh.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The `images` of a resource, from the global values; empty when nothing is set there. */}}
{{- define "guardimesh.commonImages" -}}
{{- with .Values.global.imageRegistry }}
registry: {{ . | quote }}
{{- end }}
{{- with .Values.global.imagePullSecrets }}
pullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
