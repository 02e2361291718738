# Sets NODE_VERSION and NODE_FOLDER, the location of the pinned Node. Sourced by scripts that run in the root folder.
NODE_VERSION=$(cat .node-version)
NODE_FOLDER="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/node-$NODE_VERSION"
