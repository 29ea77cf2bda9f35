# Đình Làng. Everything sets itself up: “make run” and “make test” work on a bare machine.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Tests run on so many processes at once; each has its own database, data folder and browser.
WORKERS ?= auto
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-input
PYTEST := $(PY) -m pytest -q -n $(WORKERS) --maxprocesses 4 --dist worksteal
LOCKED := --require-hashes --no-deps --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench pictures lock assets browser clean

help: ## Các lệnh có thể dùng
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: $(VENV)/.runtime assets ## Chạy Đình Làng trên máy này (HOST=…, PORT=…), lần đầu có sẵn xã mẫu
	@exec $(PY) -m dinhlang run --sample --host $(HOST) --port $(PORT)

test: $(VENV)/.dev assets browser lint ## Kiểm tra tất cả, trên PostgreSQL và SQLite
	$(PY) -m dinhlang manage makemigrations --check --dry-run
	$(PY) scripts/with_postgres.py $(PYTEST) -m database
	$(PYTEST)

lint: $(VENV)/.dev ## Kiểm tra mã nguồn: ruff, mypy, import-linter, djlint
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --lint src/dinhlang

format: $(VENV)/.dev ## Sửa định dạng mã nguồn
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.dev ## Đo tốc độ (in số liệu và tỷ lệ so với mốc)
	@$(PY) benchmarks/run.py

pictures: $(VENV)/.dev assets browser ## Chụp lại hình cho tài liệu (docs/pictures)
	DINHLANG_PICTURES=1 $(PY) -m pytest -q tests/e2e

lock: $(VENV)/.dev ## Khóa lại phiên bản các gói
	scripts/lock.sh
	$(VENV)/bin/npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

assets: $(VENV)/.runtime
	@$(PY) scripts/build_assets.py

browser:
	@scripts/ensure_browser.sh

clean: ## Xóa những gì dựng lại được; dữ liệu trong var/ được giữ nguyên
	rm -rf $(VENV) node_modules build dist src/dinhlang/web/static_built
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp, not the interpreter itself: an interrupted venv has the one without having pip.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên (make PYTHON=python3.11 …)." >&2; exit 1; }
	@echo "Đang tạo môi trường Python…"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.created
	@echo "Đang cài các gói cần để chạy…"
	@$(PIP) $(LOCKED) --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Đang cài các gói cần để kiểm tra…"
	@$(PIP) $(LOCKED) --requirement requirements-dev.lock
	@touch $@
