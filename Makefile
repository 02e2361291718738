# What a person types. Thin: the work is in tools/ and e2e/. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

NODE_BIN := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/guardimesh/node-$(shell cat .node-version)/node_modules/.bin
export PATH := $(NODE_BIN):$(CURDIR)/node_modules/.bin:$(PATH)
DEV := node --enable-source-maps e2e/dist/dev/main.js

##@ Run it
.PHONY: up down restart status infect password logs reset
up: ## Set up this machine if needed, start everything, print address and login
	@tools/setup.sh up
	@$(DEV) up

down: ## Stop everything that was started here; the data stays
	@$(call when-built,$(DEV) down)

restart: ## Stop, build what changed, start
	@$(MAKE) down
	@$(MAKE) up

status: ## Which parts run
	@$(call when-built,$(DEV) status)

infect: ## Write a harmless test virus into the demo container
	@$(call when-built,$(DEV) infect)

password: ## Give the administrator a new password
	@$(call when-built,$(DEV) password)

logs: ## Follow the logs of all parts
	@tail -n 5 -F $(or $(GUARDIMESH_STATE),/var/lib/guardimesh-dev)/*/*.log

reset: ## Stop and delete the data (asks; FORCE=1 does not)
	@[ "$(FORCE)" = 1 ] || { read -r -p 'Delete all findings, accounts and keys of this installation? Type yes: ' answer && [ "$$answer" = yes ]; } || { echo 'Nothing was deleted.'; exit 1; }
	@$(call when-built,$(DEV) reset)

##@ Change it
.PHONY: check test bench gen build
check: ## Format, lint, types, arrows, drift of generated files, dead code
	@tools/setup.sh check
	@node tools/src/check.ts

test: ## Every test, against real PostgreSQL, clamd, containerd, Docker and Chromium
	@tools/setup.sh test
	@mkdir -p .state && rm -f .state/test-results.json
	@vitest run --reporter=default --reporter=json --outputFile.json=.state/test-results.json

bench: ## Measure, as ratios against a named peer; BENCH=<name> runs one
	@tools/setup.sh test
	@node --enable-source-maps bench/dist/main.js $(BENCH)

gen: ## Write every generated file again
	@tools/setup.sh build
	@npm run --silent gen

build: ## Compile what changed
	@tools/setup.sh build

# What is not built was never started: then there is nothing to stop or show.
when-built = if [ -e e2e/dist/dev/main.js ] && command -v node >/dev/null; then $(1); else echo 'Guardimesh was not set up here yet: make up'; fi

.PHONY: help
help:
	@echo 'Guardimesh: malware defence for air-gapped Kubernetes'
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
