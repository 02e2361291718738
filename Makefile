# Entry points for developers; the implementation is in tools/, dev/, e2e/ and release/. `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

NODE_BIN := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/guardimesh/node-$(shell cat .node-version)/node_modules/.bin
export PATH := $(NODE_BIN):$(CURDIR)/node_modules/.bin:$(PATH)
DEV := node --enable-source-maps dev/dist/main.js

##@ Development platform
.PHONY: up down restart status infect password logs reset
up: ## Set up this machine if needed, start the platform, print address and login
	@tools/setup.sh up
	@$(DEV) up

down: ## Stop the platform and keep its data
	@$(call when-built,$(DEV) down)

restart: ## Stop the platform, compile changes, start it again
	@$(MAKE) down
	@$(MAKE) up

status: ## Show the state of all components
	@$(call when-built,$(DEV) status)

infect: ## Write the EICAR test file into the demo container
	@$(call when-built,$(DEV) infect)

password: ## Reset the administrator's password
	@$(call when-built,$(DEV) password)

logs: ## Follow the logs of all components
	@tail -n 5 -F $(or $(GUARDIMESH_STATE),/var/lib/guardimesh-dev)/*/*.log

reset: ## Stop the platform and delete its data; FORCE=1 skips the confirmation
	@[ "$(FORCE)" = 1 ] || { read -r -p 'Delete all findings, accounts and keys of this installation? Type yes to confirm: ' answer && [ "$$answer" = yes ]; } || { echo 'Canceled. Nothing was deleted.'; exit 1; }
	@$(call when-built,$(DEV) reset)

##@ Development
.PHONY: check test e2e bench gen build
check: ## Check formatting, lint, types, import rules, generated files, prose and dead code
	@tools/setup.sh check
	@node tools/src/check.ts

test: ## Run all single-machine tests, against real PostgreSQL, clamd, containerd, Docker and Chromium
	@tools/setup.sh test
	@e2e/cluster/build.sh --only helm helm4 kube-score
	@mkdir -p .state && rm -f .state/test-results.json
	@vitest run --project '!cluster*' --reporter=default --reporter=json --outputFile.json=.state/test-results.json

e2e: ## Run all cluster tests: build images and bundle, install offline, attack, upgrade, uninstall
	@tools/setup.sh test
	@tools/setup.sh cluster
	@e2e/cluster/build.sh
	@e2e/cluster/build.sh --only kwok cert-manager kube-score kubeconform
	@e2e/cluster/previous-release.sh >/dev/null
	@$(MAKE) bundle
	@rm -f .state/e2e-results.json
	@vitest run --project 'cluster*' --reporter=default --reporter=json --outputFile.json=.state/e2e-results.json

bench: ## Run all benchmarks and print ratios against a named peer; BENCH=<name> runs one
	@tools/setup.sh test
	@$(if $(filter-out install images operator-scale,$(BENCH)),,tools/setup.sh cluster && e2e/cluster/build.sh && e2e/cluster/build.sh --only kwok && $(MAKE) bundle)
	@node --enable-source-maps bench/dist/main.js $(BENCH)

gen: ## Regenerate all generated files
	@tools/setup.sh build
	@npm run --silent gen

build: ## Compile changes
	@tools/setup.sh build

##@ Test cluster
.PHONY: cluster-up cluster-install cluster-down cluster-status cluster-open
cluster-up: ## Start Kubernetes on this machine without outbound network access; NODES=2
	@tools/setup.sh cluster
	@e2e/cluster/build.sh
	@e2e/cluster/cluster.sh up $(or $(NODES),2)

cluster-install: bundle ## Install the bundle, print login and a command that infects a pod
	@node --enable-source-maps e2e/dist/cluster/install.js

cluster-down: ## Stop the cluster and delete its state
	@e2e/cluster/cluster.sh down

cluster-status: ## Show the state of the cluster's components
	@e2e/cluster/cluster.sh status

cluster-open: ## Forward the console to this machine's loopback interface; SERVICE=namespace/name:port, PORT=8443
	@e2e/cluster/cluster.sh open $(or $(SERVICE),guardimesh-system/guardimesh-console:443) $(or $(PORT),8443)

##@ Images and bundle
.PHONY: images cli chart bundle
images: ## Build all container images into .state/images; ARCH=x64|arm64
	@tools/setup.sh build
	@flock .state/images.lock node --enable-source-maps release/dist/images/main.js $(ARCH)

cli: ## Build the guardimesh executable into .state/cli; ARCH=x64|arm64
	@tools/setup.sh build
	@flock .state/cli.lock release/build-cli.sh $(ARCH)

chart: ## Package the chart with the image digests of ARCH into .state/chart
	@tools/setup.sh build
	@node --enable-source-maps release/dist/chart/package-chart.js $(ARCH)

bundle: images cli ## Build the signed bundle into .state/bundle; ARCH=x64|arm64, KEY=file (default: generate one in .state/keys)
	@release/build-bundle.sh "$(ARCH)" "$(KEY)"

# Without a build, the platform was never started: there is nothing to stop or show.
when-built = if [ -e dev/dist/main.js ] && command -v node >/dev/null; then $(1); else echo 'Guardimesh is not set up on this machine yet. Run: make up'; fi

.PHONY: help
help:
	@echo 'Guardimesh: malware defence for air-gapped Kubernetes'
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile
