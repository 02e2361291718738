# Commands for developers; the work is in tools/, dev/ and e2e/. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

NODE_BIN := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/guardimesh/node-$(shell cat .node-version)/node_modules/.bin
export PATH := $(NODE_BIN):$(CURDIR)/node_modules/.bin:$(PATH)
DEV := node --enable-source-maps dev/dist/main.js

##@ Run
.PHONY: up down restart status infect password logs reset
up: ## Set up this machine if needed, start all components, print address and login
	@tools/setup.sh up
	@$(DEV) up

down: ## Stop all components and keep the data
	@$(call when-built,$(DEV) down)

restart: ## Stop, build changed packages, start
	@$(MAKE) down
	@$(MAKE) up

status: ## Show which components are running
	@$(call when-built,$(DEV) status)

infect: ## Write a harmless test virus into the demo container
	@$(call when-built,$(DEV) infect)

password: ## Set a new password for the administrator
	@$(call when-built,$(DEV) password)

logs: ## Follow the logs of all components
	@tail -n 5 -F $(or $(GUARDIMESH_STATE),/var/lib/guardimesh-dev)/*/*.log

reset: ## Stop and delete the data (asks; FORCE=1 does not)
	@[ "$(FORCE)" = 1 ] || { read -r -p 'Delete all findings, accounts and keys of this installation? Type yes: ' answer && [ "$$answer" = yes ]; } || { echo 'Nothing was deleted.'; exit 1; }
	@$(call when-built,$(DEV) reset)

##@ Develop
.PHONY: check test e2e bench gen build
check: ## Check format, lint, types, imports, generated files and dead code
	@tools/setup.sh check
	@node tools/src/check.ts

test: ## Run all tests on one machine, with real PostgreSQL, clamd, containerd, Docker and Chromium
	@tools/setup.sh test
	@e2e/cluster/build.sh --only helm helm4 kube-score
	@mkdir -p .state && rm -f .state/test-results.json
	@vitest run --project '!cluster*' --reporter=default --reporter=json --outputFile.json=.state/test-results.json

e2e: ## Run all tests in a real cluster without outbound network access: build images and bundle, install, attack, upgrade, uninstall
	@tools/setup.sh test
	@tools/setup.sh cluster
	@e2e/cluster/build.sh
	@e2e/cluster/build.sh --only kwok cert-manager kube-score kubeconform
	@$(MAKE) bundle
	@rm -f .state/e2e-results.json
	@vitest run --project 'cluster*' --reporter=default --reporter=json --outputFile.json=.state/e2e-results.json

bench: ## Run the benchmarks, as ratios to a named peer; BENCH=<name> runs one
	@tools/setup.sh test
	@$(if $(filter-out install operator-scale,$(BENCH)),,tools/setup.sh cluster && e2e/cluster/build.sh && e2e/cluster/build.sh --only kwok && $(MAKE) bundle)
	@node --enable-source-maps bench/dist/main.js $(BENCH)

gen: ## Regenerate all generated files
	@tools/setup.sh build
	@npm run --silent gen

build: ## Compile changed packages
	@tools/setup.sh build

##@ Real cluster
.PHONY: cluster-up cluster-install cluster-down cluster-status cluster-open
cluster-up: ## Start Kubernetes on this machine without outbound network access; NODES=2
	@tools/setup.sh cluster
	@e2e/cluster/build.sh
	@e2e/cluster/cluster.sh up $(or $(NODES),2)

cluster-install: bundle ## Install the bundle, print login and a command that writes a test virus into a pod
	@node --enable-source-maps e2e/dist/cluster/install.js

cluster-down: ## Stop the cluster and remove its files
	@e2e/cluster/cluster.sh down

cluster-status: ## Show which components of the cluster are running
	@e2e/cluster/cluster.sh status

cluster-open: ## Open the console of the cluster on loopback; SERVICE=namespace/name:port, PORT=8443
	@e2e/cluster/cluster.sh open $(or $(SERVICE),guardimesh-system/guardimesh-console:443) $(or $(PORT),8443)

##@ Images and bundle
.PHONY: images cli chart bundle
images: ## Build all container images into .state/images; ARCH=arm64 for the other architecture
	@tools/setup.sh build
	@flock .state/images.lock node --enable-source-maps release/dist/images/main.js $(ARCH)

cli: ## Build the guardimesh executable in .state/cli; ARCH=arm64 for the other architecture
	@tools/setup.sh build
	@flock .state/cli.lock release/build-cli.sh $(ARCH)

chart: ## Package the chart for the images of ARCH in .state/chart
	@tools/setup.sh build
	@node --enable-source-maps release/dist/chart/package-chart.js $(ARCH)

bundle: images cli ## Build the signed bundle of images, chart and CLI in .state/bundle; ARCH=, KEY=file (default: a key in .state/keys)
	@release/build-bundle.sh "$(ARCH)" "$(KEY)"

# What is not built was never started: then there is nothing to stop or show.
when-built = if [ -e dev/dist/main.js ] && command -v node >/dev/null; then $(1); else echo 'Guardimesh was not set up here yet: make up'; fi

.PHONY: help
help:
	@echo 'Guardimesh: malware defence for air-gapped Kubernetes'
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile
