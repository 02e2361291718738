# Version and folder of the pinned Node: NODE_VERSION and NODE_FOLDER. Sourced by scripts in the root folder.
NODE_VERSION=$(cat .node-version)
NODE_FOLDER="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/node-$NODE_VERSION"
