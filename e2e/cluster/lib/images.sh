# Builds the images of the cluster as archives, and loads images into all nodes.

make_images() {
  local files="$STATE/image-files"
  mkdir -p "$STATE/images" "$files"/{pause,coredns,local-path-provisioner,helper/bin}
  cp -L "$BIN/pause" "$files/pause/"
  cp -L "$BIN/coredns" "$files/coredns/"
  cp -L "$BIN/local-path-provisioner" "$files/local-path-provisioner/"
  cp /bin/busybox "$files/helper/bin/"
  for applet in sh mkdir rm; do ln -s busybox "$files/helper/bin/$applet"; done
  make_image pause /pause
  make_image coredns /coredns
  make_image local-path-provisioner /local-path-provisioner
  make_image helper /bin/sh
  rm -r "$files"
}

# make_image <name> <entry point>: guardimesh-cluster.local/NAME:1 of one layer, as `docker save` writes it.
make_image() {
  local folder="$STATE/image-files/$1.image"
  mkdir "$folder"
  tar -C "$STATE/image-files/$1" --owner=0 --group=0 -cf "$folder/layer.tar" .
  printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["%s"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(dpkg --print-architecture)" "$2" "$(sha256sum <"$folder/layer.tar" | cut -c 1-64)" >"$folder/config.json"
  printf '[{"Config":"config.json","RepoTags":["guardimesh-cluster.local/%s:1"],"Layers":["layer.tar"]}]' "$1" >"$folder/manifest.json"
  tar -C "$folder" -cf "$STATE/images/$1.tar" manifest.json config.json layer.tar
}

# load_images <archive or OCI layout>…: loads images into the containerd of all running nodes under their own names.
load_images() {
  local source node
  [ $# -gt 0 ] || fail 'usage: cluster.sh load ARCHIVE|LAYOUT…'
  for source in "$@"; do
    [ -f "$source" ] || [ -f "$source/index.json" ] || fail "$source is neither an archive nor an OCI layout."
    for node in $(node_names); do
      pid_of "$node" >/dev/null || continue
      image_stream "$source" | on_node "$node" ctr -n k8s.io images import - || fail "$node could not import $source."
    done
  done
}

image_stream() { if [ -d "$1" ]; then tar -C "$1" -cf - .; else cat "$1"; fi; }
